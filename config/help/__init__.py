"""The guides of docs/ as pages of the service, so that help is at hand where there is no internet."""
