def log = new File(basedir, 'build.log').text
assert log.contains('[rawtypes]')
assert log.contains('-Werror')
