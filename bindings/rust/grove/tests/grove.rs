use grove::{
    admit, admit_update, crd, diff, diff_live, expand, names, scaling, startup, translate, AdmitOptions, ExpandOptions,
    Format, Input, Limits, Lint, PlaceOptions, Snapshot, Status, Workload,
};

const MANIFEST: &str = "apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata:
  name: demo
spec:
  replicas: 1
  template:
    cliques:
      - name: worker
        spec:
          roleName: worker
          replicas: 2
          podSpec:
            containers:
              - name: main
                image: registry.example.com/worker:1
";

fn denied() -> String {
    MANIFEST.replace("replicas: 2\n", "replicas: 2\n          minAvailable: 3\n")
}

fn yaml(manifest: &str) -> Input<'_> {
    Input { manifest, format: Format::Yaml, ..Default::default() }
}

#[test]
fn a_report_is_json() {
    let report = admit(yaml(MANIFEST), &AdmitOptions::default()).unwrap();
    assert!(report.starts_with("{\"allowed\":true"), "{report:?}");
    assert!(report.contains("\"minAvailable\":2"));
}

#[test]
fn findings_are_data() {
    let text = denied();
    let report = admit(yaml(&text), &AdmitOptions::default()).unwrap();
    assert!(report.contains("\"field\":\"spec.template.cliques[0].spec.minAvailable\""), "{report:?}");
    assert!(report.contains("\"line\":13"));
}

#[test]
fn options_reach_the_library() {
    let first = expand(yaml(MANIFEST), &ExpandOptions { seed: 3, ..Default::default() }).unwrap();
    let again = expand(yaml(MANIFEST), &ExpandOptions { seed: 3, ..Default::default() }).unwrap();
    let other = expand(yaml(MANIFEST), &ExpandOptions { seed: 4, ..Default::default() }).unwrap();
    assert_eq!(*first.objects, *again.objects);
    assert_ne!(*first.objects, *other.objects);
    assert!(first.report.contains("\"reconcileErrors\":[]"));
    let options = ExpandOptions {
        at_rest: true,
        admit: AdmitOptions { namespace: Some("team"), ..Default::default() },
        ..Default::default()
    };
    let rest = expand(yaml(MANIFEST), &options).unwrap();
    assert!(rest.objects.contains("\"namespace\":\"team\"") && rest.objects.contains("\"status\""));
}

#[test]
fn errors_tell_where() {
    let error = expand(yaml("a: ["), &ExpandOptions::default()).unwrap_err();
    assert_eq!((error.status, error.argument.as_str()), (Status::InvalidArgument, "manifest"));
    assert_eq!((error.line, error.column), (1, 5));

    let text = denied();
    let error = expand(yaml(&text), &ExpandOptions::default()).unwrap_err();
    assert_eq!(error.status, Status::FailedPrecondition);
    assert_eq!(error.path, "spec.template.cliques[0].spec.minAvailable");
    assert!(error.report.contains(&error.path));
    assert!(error.to_string().starts_with("manifest:13:25: "), "{error}");

    let limits = Limits { objects: 3, ..Default::default() };
    let options = ExpandOptions { admit: AdmitOptions { limits, ..Default::default() }, ..Default::default() };
    let error = expand(yaml(MANIFEST), &options).unwrap_err();
    assert_eq!(error.status, Status::ResourceExhausted);

    let options = ExpandOptions { now: -1, ..Default::default() };
    assert_eq!(expand(yaml(MANIFEST), &options).unwrap_err().argument, "options->now");
}

#[test]
fn empty_input() {
    let nothing = expand(Input::default(), &ExpandOptions::default()).unwrap();
    assert!(nothing.objects.contains("\"items\":[]"));
}

#[test]
fn threads_share_results() {
    let want = expand(yaml(MANIFEST), &ExpandOptions::default()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let got = expand(yaml(MANIFEST), &ExpandOptions::default()).unwrap();
                    assert_eq!(*got.objects, *want.objects);
                }
            });
        }
    });
}

#[test]
fn version() {
    assert_eq!(grove::library_version().split('.').count(), 3);
}

#[test]
fn reports_on_sets() {
    let admit_options = AdmitOptions { lint: Lint::Notes, ..Default::default() };
    assert!(names(yaml(MANIFEST), &admit_options).unwrap().contains("\"fits\":true"));
    assert!(startup(yaml(MANIFEST), &admit_options).unwrap().contains("\"waves\":[[\"worker\"]]"));
    assert!(scaling(yaml(MANIFEST), &ExpandOptions::default()).unwrap().contains("\"pods\":2"));
    let kube = ExpandOptions { backend: Some("kube"), ..Default::default() };
    assert!(translate(yaml(MANIFEST), &kube).unwrap().contains("PodGroup"));
    assert!(crd().unwrap().contains("CustomResourceDefinition"));
    assert!(admit_update(yaml(MANIFEST), MANIFEST, &admit_options).unwrap().contains("\"operation\":\"update\""));
}

#[test]
fn differences() {
    let defaults = ExpandOptions::default();
    assert_eq!(&*diff(MANIFEST, yaml(MANIFEST), &defaults).unwrap(), "{\"changes\":[]}");
    let made = expand(yaml(MANIFEST), &defaults).unwrap();
    let live = ExpandOptions { live: Some(&made.objects), ..Default::default() };
    assert_eq!(&*diff_live(yaml(MANIFEST), false, &live).unwrap(), "{\"changes\":[]}");
    assert_eq!(diff_live(yaml(MANIFEST), false, &defaults).unwrap_err().argument, "options->live");
}

#[test]
fn placement() {
    let cluster = "{apiVersion: v1, kind: Node, metadata: {name: node-a}, status: {allocatable: {cpu: 2, memory: 8Gi, pods: 10}}}";
    let manifest = MANIFEST.replace("worker:1\n", "worker:1\n                resources: {requests: {cpu: 1}}\n");
    let snapshot = Snapshot::parse(cluster, Format::Yaml).unwrap();
    let workload = Workload::parse(yaml(&manifest), &ExpandOptions::default()).unwrap();
    let placement = snapshot.place(Some(&workload), PlaceOptions::default()).unwrap();
    let gangs = placement.gangs();
    assert!(gangs.len() == 1 && gangs[0].placed && gangs[0].pods.iter().all(|pod| pod.node == "node-a"), "{gangs:?}");
    assert_eq!(&*placement.check().unwrap(), "{\"breaches\":[]}");
    assert!(snapshot.capacity(&workload, PlaceOptions::default()).unwrap().contains("\"count\":1"));
    let full = snapshot.with(&placement).unwrap();
    let denied = full.place(Some(&workload), PlaceOptions::default()).unwrap();
    assert!(!denied.gangs()[0].placed && denied.explain().unwrap().contains("infeasible"));
    assert_eq!(snapshot.without(&placement).err().unwrap().status, Status::NotFound);
    assert!(full.without(&placement).is_ok());
}
