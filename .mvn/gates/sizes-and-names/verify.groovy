def log = new File(basedir, 'build.log').text
assert log.contains('File length is')
assert log.contains('Method count length is 42 lines')
assert log.contains('A constructor takes at most 7 parameters (found 8)')
assert log.contains('A package is named for what it holds')
assert log.contains('no TODO stays in the code')
