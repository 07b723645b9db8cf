import os

from django.core.wsgi import get_wsgi_application

from config import reporting
from delux.core import leaving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
reporting.start("web")
application = get_wsgi_application()
leaving.watch()
