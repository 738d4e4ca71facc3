def log = new File(basedir, 'build.log').text
assert log.contains('[NullAway]')
assert log.contains('[RequireExplicitNullMarking]')
assert log.contains('[DeadException]')
