"""MDM sources in the API; they are made and changed on their pages."""

from django.db.models import QuerySet
from rest_framework import generics

from fleet.api.mdm.serializers import MdmSourceSerializer
from fleet.filters.mdm import MdmSourceFilter
from fleet.models import MdmSource


class MdmSourceList(generics.ListAPIView[MdmSource]):
    """The systems that push inventory."""

    queryset = MdmSource.objects.none()
    serializer_class = MdmSourceSerializer
    filterset_class = MdmSourceFilter

    def get_queryset(self) -> QuerySet[MdmSource]:
        return MdmSource.objects.visible_to(self.request.user).with_health()  # type: ignore[arg-type]
