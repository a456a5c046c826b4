"""Naming views of lists: one's own, or shared in an organisation."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from fleet.errors import Forbidden, Invalid
from fleet.models import Organisation, SavedView, User


def save_view(
    *, by: User, list_key: str, name: str, query: str, is_shared: bool, organisation: Organisation
) -> SavedView:
    """Keep `query`, which `fleet.web.views.checked` has read, under a name.

    Raises Forbidden in an organisation where `by` holds no role, Invalid (field `name`) for a name in use.
    """
    if organisation.pk not in by.access.organisation_ids():
        raise Forbidden("You hold no role in this organisation.")
    view = SavedView(
        owner=by, organisation=organisation, list=list_key, name=name, query=query, is_shared=is_shared
    )
    _store(view)
    return view


def change_view(*, view: SavedView, by: User, **changed: str | bool) -> None:
    """Rename, share or unshare it, or give it another query. Raises as `save_view`, and Forbidden."""
    _must_change(view, by)
    for field, value in changed.items():
        setattr(view, field, value)
    _store(view)


def delete_view(*, view: SavedView, by: User) -> None:
    """Raises Forbidden for a view that is neither one's own nor shared where one manages access."""
    _must_change(view, by)
    view.delete()


def _must_change(view: SavedView, by: User) -> None:
    if not SavedView.objects.changeable_by(by).filter(pk=view.pk).exists():
        raise Forbidden("Only its owner changes this view, or somebody who gives roles here.")


def _store(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        if "saved_view_name" not in str(error):
            raise
        raise Invalid(f"There is a view “{view.name}” of this list already.", field="name") from error
