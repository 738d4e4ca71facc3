def log = new File(basedir, 'build.log').text
assert log.contains('Miniplane is built by JDK 25 or newer; where none is found, install one')
