# One image for web, worker, beat and the migrations; docker-compose.yml gives each its command.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -r requirements.txt
COPY . .
ENV PATH=/venv/bin:$PATH STATIC_ROOT=/app/staticfiles
# The addresses are never opened: collecting files needs settings, but no servers.
RUN python -m config.kit \
    && rm -rf node_modules \
    && SECRET_KEY=build DATABASE_URL=postgres://build REDIS_URL=redis://build python manage.py collectstatic --noinput

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app tranche
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/app/staticfiles \
    BEAT_SCHEDULE_FILE=/tmp/beat \
    BIND=0.0.0.0:8000
USER tranche
EXPOSE 8000
CMD ["gunicorn", "-c", "python:config.web_server", "config.wsgi"]
