"""What requests of feedback pass before anything sees them."""

import re

from fleet.middleware import SecretMiddleware

# Where the secret of a survey's link stands in a request, once it is taken out of the address.
SURVEY_SECRET = "tranche.survey_secret"  # noqa: S105 - the name of a key


class SurveySecretMiddleware(SecretMiddleware):
    """Of the link by which somebody answers a survey: a log of addresses would let its reader answer."""

    key = SURVEY_SECRET
    address = re.compile(r"(?P<path>/feedback/surveys/link)/(?P<secret>[^/]+)/?")
