"""Amounts in templates."""

from django import template

from cxc.ground.amounts import in_eur

register = template.Library()
register.filter("eur", in_eur)
