use grove::{admit, expand, AdmitOptions, ExpandOptions, Format, Input, Limits, Status};

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
