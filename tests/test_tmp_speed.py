import time, pytest
from django.db import connection
@pytest.mark.django_db
def test_speed():
    with connection.cursor() as c:
        for q in ["upper(t)", "cxc_folded(t)"]:
            for s in ['Österreichische Gesellschaft für Łódź ','Organisation of Plain Letters ','Organisation, of "Plain" Letters ', 'Київська спілка']:
                a=time.time(); c.execute(f"SELECT count(*) FROM (SELECT '{s}' || n AS t FROM generate_series(1,20000) n) x WHERE {q} LIKE '%%zzz%%'"); c.fetchone(); print(q, s,(time.time()-a)/20000*1e6,'us')
