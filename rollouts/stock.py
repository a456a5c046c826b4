"""SQL on stock, shared by allocation and the stock check; parameters: tranche, programme, organisation."""

# What is in stock and not spoken for.
FREE_STOCK = """
    SELECT device.id, device.model_id, device.site_id,
        coalesce(site.kind IN ('depot', 'headquarters'), false) AS is_central
    FROM fleet_device device LEFT JOIN fleet_site site ON site.id = device.site_id
    WHERE device.organisation_id = %(organisation)s AND device.life_cycle = 'in_stock'
        AND device.model_id IN (
            SELECT device_model_id FROM rollouts_entitlement WHERE programme_id = %(programme)s
        )
        AND NOT EXISTS (
            SELECT FROM rollouts_trancheperson place
            WHERE place.device_id = device.id AND place.state IN ('allocated', 'handed_over', 'accepted')
        )
"""
WAITING = """
    SELECT place.id, entitlement.device_model_id AS model_id, staff.site_id, staff.name, place.planned_on
    FROM rollouts_trancheperson place
    JOIN rollouts_entitlement entitlement ON entitlement.id = place.entitlement_id
    JOIN fleet_staffmember staff ON staff.id = place.staff_member_id
    WHERE place.tranche_id = %(tranche)s AND place.state = 'planned'
"""
# Wanted and free, a row a model that somebody waits for: (model id, name, people, devices).
NEEDS = f"""
    SELECT model.id, model.manufacturer || ' ' || model.name, wanted.people, coalesce(stock.devices, 0)
    FROM (SELECT model_id, count(*) AS people FROM ({WAITING}) AS waiting GROUP BY model_id) AS wanted
    JOIN fleet_devicemodel model ON model.id = wanted.model_id
    LEFT JOIN (
        SELECT model_id, count(*) AS devices FROM ({FREE_STOCK}) AS free GROUP BY model_id
    ) AS stock USING (model_id)
    ORDER BY 2
"""  # noqa: S608 (put together from the constants above)
