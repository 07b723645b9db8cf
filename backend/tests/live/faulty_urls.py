"""The product's addresses, and one where something breaks that nobody foresaw."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config import urls
from config.urls import handler400, handler500

__all__ = ["handler400", "handler500", "urlpatterns"]


@csrf_exempt
def break_down(request: HttpRequest, email: str) -> HttpResponse:
    known, person = request.body.decode(), request.GET["search"]
    row = f"Failing row contains ({len(known)}, {person}, {email})."
    raise ValueError(f"Key (email)=({email}), phone {request.GET['phone']}\nDETAIL:  {row}")


urlpatterns = [path("api/v1/broken/<str:email>/", break_down), *urls.urlpatterns]
