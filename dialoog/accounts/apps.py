from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "dialoog.accounts"
    label = "accounts"
    verbose_name = "accounts"
