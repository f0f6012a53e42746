"""The front door as it is in a try-out: with the buttons of the invented people."""

from dialoog import urls
from dialoog.partnerships import demo

handler404 = urls.handler404
urlpatterns = demo.urlpatterns + urls.urlpatterns
