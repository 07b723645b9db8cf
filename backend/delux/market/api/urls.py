from delux.market.api.views import urlpatterns

__all__ = ["urlpatterns"]
