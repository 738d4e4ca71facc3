def log = new File(basedir, 'build.log').text
assert log.contains('Miniplane logs through log4j2 alone')
assert log.contains('DependencyConvergence failed')
