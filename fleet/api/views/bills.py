"""A carrier's file comes in by the API: from a person, or from the system that fetches it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from fleet.api.authentication import ApiTokenAuthentication, SessionAuthentication
from fleet.api.serializers.imports import ImportSerializer
from fleet.api.serializers.usage import BillSerializer
from fleet.api.source_authentication import IsSourceOrUser, SourceTokenAuthentication
from fleet.errors import Invalid
from fleet.models import Import, Organisation, SourceToken
from fleet.services.usage.receiving import receive_bill
from fleet.services.usage.steps import KIND, PERMISSION
from fleet.tasks import wake_importer


class MayBringBills(IsAuthenticated):
    """A source by its token, or whoever may import bills for a whole organisation."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if isinstance(request.auth, SourceToken):
            return True
        return super().has_permission(request, view) and bool(_organisations(request))


def _organisations(request: Request) -> set[int]:
    user: Any = request.user
    found: set[int] = user.access.whole_organisation_ids(PERMISSION)
    return found


class BillUpload(APIView):
    """A person confirms it, by page or API, once it is checked."""

    authentication_classes = (SourceTokenAuthentication, ApiTokenAuthentication, SessionAuthentication)
    permission_classes = (MayBringBills,)
    parser_classes = (MultiPartParser, JSONParser)  # JSON hears that the file is missing

    @extend_schema(
        summary="Bring a carrier's bill in",
        description="202 for a new file, 200 for one that came before and adds nothing. It is an import; "
        "`Location` is where its sender, a source too, learns what became of it.",
        request={"multipart/form-data": BillSerializer},
        responses={202: ImportSerializer, 200: ImportSerializer},
    )
    def post(self, request: Request) -> Response:
        asked = BillSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given: dict[str, Any] = dict(asked.validated_data)
        file, named = given.pop("file"), given.pop("organisation", None)
        token = request.auth if isinstance(request.auth, SourceToken) else None
        who: dict[str, Any] = {"source": token.source} if token else {"by": request.user}
        received = receive_bill(
            organisation=token.source.organisation if token else _one_of(request, named),
            file_name=file.name,
            content=file.read(),
            **who,
            **given,
        )
        if received.is_new:
            wake_importer(received.file.pk)
        code = status.HTTP_202_ACCEPTED if received.is_new else status.HTTP_200_OK
        url = reverse("api-usage-file-detail", args=[received.file.pk], request=request)
        return Response(ImportSerializer(received.file).data, status=code, headers={"Location": url})


class BillDetail(generics.RetrieveAPIView[Import]):
    """What became of a bill: for a source of those that it sent, for a person of those that they may see."""

    authentication_classes = (SourceTokenAuthentication, ApiTokenAuthentication, SessionAuthentication)
    permission_classes = (IsSourceOrUser,)
    queryset = Import.objects.none()
    serializer_class = ImportSerializer

    def get_queryset(self) -> QuerySet[Import]:
        if isinstance(self.request.auth, SourceToken):
            rows = Import.objects.filter(usage_batch__source=self.request.auth.source_id)
        else:
            rows = Import.objects.visible_to(self.request.user).filter(kind=KIND)  # type: ignore[arg-type]
        return rows.select_related("organisation").defer("content")

    @extend_schema(summary="What became of a carrier's bill")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


def _one_of(request: Request, named: Organisation | None) -> Organisation:
    """The organisation named, or the only one there is a choice of. Raises Invalid."""
    ids = _organisations(request)
    if named is None and len(ids) == 1:
        return Organisation.objects.get(pk=ids.pop())
    if named is None or named.pk not in ids:
        raise Invalid("Name an organisation in which you may import bills.", field="organisation")
    return named
