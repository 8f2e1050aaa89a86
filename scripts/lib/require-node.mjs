// Imported first by every entry: says in words what an older Node would say with a stack of errors.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Clarion needs Node.js 20.19 or newer; this is ${process.version}. See https://nodejs.org/en/download`,
  );
  process.exit(1);
}
