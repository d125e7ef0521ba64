from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit


def test_all(client, practice):
    p=make_patient(practice); v=make_visit(practice,p)
    log_in(client, practice.actor("manager"), practice)
    for u in ["/patients","/patients?q=call&sort=-seen",f"/patients/{p.id}","/patients/new",f"/patients/{p.id}/edit",f"/patients/{p.id}/coverages/new",f"/coverages/{p.coverages[0].id}/edit",f"/visits/{v.id}",f"/patients/{p.id}/visits/new",f"/visits/{v.id}/move?q=ca",f"/patients/{p.id}/merge","/find?q=hyper","/find",f"/visits/{v.id}/codes?text=hyperten",f"/visits/{v.id}/charges?text=blood"]:
        a=client.get(u); t=a.get_data(as_text=True)
        print(a.status_code,u,len(t))
        if a.status_code!=200: print(t[:3000])
