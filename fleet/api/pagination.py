"""Pages of a list in the API."""

from rest_framework import pagination


class PageNumberPagination(pagination.PageNumberPagination):
    """`?page=2&page_size=500`: {count, next, previous, results}, 100 rows unless asked, 1,000 at most."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000
