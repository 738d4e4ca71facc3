def log = new File(basedir, 'build.log').text
assert log.contains('this machine lacks the Kubernetes control plane (build it: .ci/kubernetes/build)')
assert log.contains('With CI=true every test must run.')
