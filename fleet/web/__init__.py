"""The web kit: navigation, forms, lists, tables and charts that every app's pages share."""
