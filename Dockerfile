# The assistant, built with `make setup` and run by a user of its own who can write nothing. See docs/operations.md.
FROM python:3.11-slim AS built
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/passerelle
COPY . .
RUN make setup PYTHON=python3

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin passerelle
COPY --from=built /srv/passerelle /srv/passerelle
WORKDIR /srv/passerelle
ENV PASSERELLE_HOST=0.0.0.0 PASSERELLE_PORT=8080 PASSERELLE_PRINT_LINK=false PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD [".venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/ready', timeout=4)"]
ENTRYPOINT [".venv/bin/passerelle"]
CMD ["serve"]
