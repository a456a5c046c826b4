"""An export of an MDM source, brought in by a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from fleet.forms.mdm import UploadForm
from fleet.mdm.uploads import upload
from fleet.models import MdmSource
from fleet.tasks import wake_worker
from fleet.views.facts import VerbPage
from fleet.views.mdm.sources import deliveries_of
from fleet.web import text


class UploadExport(VerbPage):
    model = MdmSource
    permission = "mdm.manage"
    form_class = UploadForm
    template_name = "fleet/mdm_source_upload.html"
    heading = "Upload an export"
    submit = "Upload"

    def answer(self, data: dict[str, Any]) -> HttpResponse:
        request_id = self.request.request_id  # type: ignore[attr-defined]
        taken = upload(source=self.row, content=data["file"].read(), request_id=request_id)
        new = [one.delivery.pk for one in taken if one.is_new]
        for pk in new:
            wake_worker(pk)
        if not new:
            messages.info(self.request, "This file came before. It was not stored again.")
        elif len(taken) > 1:
            messages.success(self.request, f"The file was taken as {text.number(len(taken))} deliveries.")
        if len(taken) > 1:
            return redirect(deliveries_of(self.row))
        return redirect("fleet:delivery-detail", pk=taken[0].delivery.pk)
