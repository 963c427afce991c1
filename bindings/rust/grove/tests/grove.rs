use grove::{
    admit, admit_update, autoscale, backends, check_message, compare, crd, diff, diff_live, expand, names,
    place_message, rules, scaling, startup, translate, AdmitOptions, CapacityOptions, Encoding, ExpandOptions, Format,
    Index, Input, Limits, Lint, Outcome, PlaceOptions, Snapshot, SnapshotOptions, Status, Workload,
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

const CLUSTER: &str =
    "{apiVersion: v1, kind: Node, metadata: {name: node-a}, status: {allocatable: {cpu: 2, memory: 8Gi, pods: 10}}}";

fn workload(pods: u32) -> Workload {
    let manifest = MANIFEST
        .replace("worker:1\n", "worker:1\n                resources: {requests: {cpu: 1}}\n")
        .replace("replicas: 2", &format!("replicas: {pods}"));
    Workload::parse(yaml(&manifest), &ExpandOptions::default()).unwrap()
}

fn snapshot() -> Snapshot {
    Snapshot::parse(CLUSTER, Format::Yaml, &SnapshotOptions::default()).unwrap()
}

#[test]
fn placement() {
    let defaults = PlaceOptions::default();
    let (snapshot, workload) = (snapshot(), workload(2));
    let placement = snapshot.place(Some(&workload), &defaults).unwrap();
    let gangs = placement.gangs();
    assert!(gangs.len() == 1 && gangs[0].outcome == Outcome::Placed, "{gangs:?}");
    assert!(gangs[0].pods.len() == 2 && gangs[0].pods.iter().all(|pod| pod.node == "node-a"), "{gangs:?}");
    assert_eq!(&*placement.check(None).unwrap(), "{\"breaches\":[]}");
    let full = snapshot.with(&placement).unwrap();
    let denied = full.place(Some(&workload), &defaults).unwrap();
    assert!(denied.gangs()[0].outcome == Outcome::Infeasible && denied.explain().unwrap().contains("infeasible"));
    assert_eq!(snapshot.without(&placement).err().unwrap().status, Status::NotFound);
    let again = full.without(&placement).unwrap().place(Some(&workload), &defaults).unwrap();
    assert_eq!(*again.encode(Encoding::Binary).unwrap(), *placement.encode(Encoding::Binary).unwrap());
    let message = snapshot.encode(Encoding::Json).unwrap();
    let read = Snapshot::decode(&message, Encoding::Json).unwrap();
    assert_eq!(read.place(Some(&workload), &defaults).unwrap().gangs(), gangs);
    assert!(snapshot.place(None, &defaults).unwrap().gangs().is_empty());
}

#[test]
fn options_of_placement() {
    let (snapshot, workload) = (snapshot(), workload(3));
    let told = PlaceOptions { explain_changes: 1, ..Default::default() };
    let placement = snapshot.place(Some(&workload), &told).unwrap();
    assert!(placement.explain().unwrap().contains("\"kind\":\"lowerMinimums\""));
    let nowhere = PlaceOptions { spread_level: Some("none"), ..Default::default() };
    assert_eq!(snapshot.place(Some(&workload), &nowhere).err().unwrap().status, Status::InvalidArgument);
}

#[test]
fn capacity() {
    let (snapshot, workload) = (snapshot(), workload(1));
    let count = |options: &CapacityOptions<'_>| snapshot.capacity(&workload, options).unwrap().to_string();
    assert!(count(&CapacityOptions::default()).contains("\"count\":2"));
    assert!(count(&CapacityOptions { lost: Some("node-a"), ..Default::default() }).contains("\"count\":0"));
    let pods = CapacityOptions { gang: Some("demo-0"), group: Some("demo-0-worker"), ..Default::default() };
    assert!(count(&pods).contains("\"count\":1"));
    let nobody = CapacityOptions { gang: Some("none"), ..Default::default() };
    assert_eq!(snapshot.capacity(&workload, &nobody).err().unwrap().argument, "options->gang");
}

#[test]
fn index_follows_a_cluster() {
    let defaults = PlaceOptions::default();
    let mut index = Index::new(&snapshot()).unwrap();
    let workload = workload(2);
    let placement = index.place(&workload, &defaults).unwrap();
    assert_eq!(&*placement.check(Some(&index)).unwrap(), "{\"breaches\":[]}");
    let mut outcome = |change: &dyn Fn(&mut Index) -> Result<(), grove::Error>| {
        change(&mut index).unwrap();
        index.place(&workload, &defaults).unwrap().gangs()[0].outcome
    };
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {nodeName: node-a, containers: \
               [{name: main, resources: {requests: {cpu: 1}}}]}}";
    assert_eq!(outcome(&|index| index.apply(&placement)), Outcome::Infeasible);
    assert_eq!(outcome(&|index| index.release(&placement)), Outcome::Placed);
    assert_eq!(outcome(&|index| index.add_pods(pod, Format::Yaml)), Outcome::Infeasible);
    assert_eq!(outcome(&|index| index.remove_pods(pod, Format::Yaml)), Outcome::Placed);
    assert_eq!(outcome(&|index| index.set_usable("node-a", false)), Outcome::Infeasible);
    assert_eq!(outcome(&|index| index.set_usable("node-a", true)), Outcome::Placed);
    assert_eq!(index.set_usable("node-z", true).unwrap_err().status, Status::NotFound);
    assert_eq!(placement.check(Some(&index)).unwrap_err().status, Status::FailedPrecondition);
}

#[test]
fn messages() {
    let request = br#"{"cluster": {"nodes": [{"name": "a"}]}}"#;
    let answer = place_message(request, Encoding::Json).unwrap();
    assert_eq!(&*check_message(request, &answer, Encoding::Json).unwrap(), "{\"breaches\":[]}");
    let error = place_message(br#"{"cluster": {"nodes": [{"name": ""}]}}"#, Encoding::Json).unwrap_err();
    assert_eq!((error.argument.as_str(), error.path.as_str()), ("message", "cluster.nodes[0].name"));
    assert!(place_message(&[], Encoding::Binary).unwrap().is_empty());
}

#[test]
fn autoscaler() {
    let state = "{current: 3, maxReplicas: 10, metrics: [{kind: totalAverageValue, target: 100, total: 400}]}";
    let decision = autoscale(state, Format::Yaml, &Limits::default()).unwrap();
    assert!(decision.starts_with("{\"replicas\":4,"), "{decision:?}");
    let error = autoscale("{metrics: [{kind: none}]}", Format::Yaml, &Limits::default()).unwrap_err();
    assert_eq!(error.path, "metrics[0].kind");
}

#[test]
fn what_the_library_knows() {
    assert!(rules().unwrap().contains("\"lint\":[") && backends().unwrap().contains("\"name\":\"kai\""));
    let compared = compare("a: 1", "a: 2", Format::Yaml, &Limits::default()).unwrap();
    assert!(compared.ends_with("\"patch\":{\"a\":2}}"), "{compared:?}");
    assert_eq!(grove::compatibility_level().len(), 7);
}
