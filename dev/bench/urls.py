"""The product's addresses and, for comparison, a view that does nothing but answer the same bytes."""

import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler500 as handler500
from config.urls import urlpatterns as product

BODIES = Path(os.environ["DELUX_VAR"]) / "bodies"


@cache
def body(name: str) -> bytes:
    return (BODIES / name).read_bytes()


def bare(_request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(body(name), content_type="application/json")


urlpatterns = [path("bench/<str:name>", bare), *product]
