"""Amounts in templates."""

from django import template

from cxc.core.amounts import in_eur

register = template.Library()
register.filter("eur", in_eur)
