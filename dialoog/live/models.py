"""Bells that rang a while ago, kept for pages that were away for a moment."""

from django.db import models


class Bell(models.Model):
    """One change, by the name of its channel and topic; never what changed."""

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=80)
    topic = models.CharField(max_length=120)
    at = models.DateTimeField(db_index=True)
    # The PostgreSQL transaction that rang it. Keys are handed out before a commit and may become visible out of
    # order; transactions can be compared with what a reader had seen. SQLite has one writer and needs only the key.
    moment = models.BigIntegerField(null=True, db_index=True)

    def __str__(self):
        return f"{self.channel} {self.topic}"
