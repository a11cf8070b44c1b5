#!/usr/bin/env node
// What the program is made of: a bill of materials in CycloneDX 1.6 on the standard output. Everything that is compiled or embedded into `tovholder`,
// with version, licence and checksum; nothing that only tests or builds. It says the same for the same lock files, whenever it is made.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const PROGRAM = "tovholder";

const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--format-version", "1", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"], {
    cwd: root,
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
  }),
);
const packages = new Map(metadata.packages.map((one) => [one.id, one]));
const nodes = new Map(metadata.resolve.nodes.map((one) => [one.id, one]));

// What writes code while the compiler runs is not in the program.
const builds = (one) => one.targets.some((target) => target.kind.includes("proc-macro"));

// The checksums stand in the lock file alone.
const checksums = new Map();
for (const block of readFileSync(join(root, "Cargo.lock"), "utf8").split("[[package]]")) {
  const of = (key) => block.match(new RegExp(`^${key} = "(.*)"$`, "m"))?.[1];
  if (of("checksum")) checksums.set(`${of("name")}@${of("version")}`, of("checksum"));
}

// A licence of two words is an expression; the old way of writing "or" was a slash.
const licences = (text) => (text ? [{ expression: text.replaceAll("/", " OR ") }] : undefined);
const cargo = (one) => `pkg:cargo/${one.name}@${one.version}`;

const start = metadata.packages.find((one) => one.name === PROGRAM && metadata.workspace_members.includes(one.id));
const components = [];
const dependencies = [];
const seen = new Set([start.id]);
const waiting = [start.id];
while (waiting.length > 0) {
  const id = waiting.pop();
  const one = packages.get(id);
  const needs = nodes
    .get(id)
    .deps.filter((dep) => dep.dep_kinds.some((kind) => kind.kind === null))
    .map((dep) => dep.pkg)
    .filter((need) => !builds(packages.get(need)));
  dependencies.push({ ref: cargo(one), dependsOn: needs.map((need) => cargo(packages.get(need))).sort() });
  if (id !== start.id) {
    const sha256 = checksums.get(`${one.name}@${one.version}`);
    components.push({
      type: "library",
      "bom-ref": cargo(one),
      name: one.name,
      version: one.version,
      purl: cargo(one),
      licenses: licences(one.license),
      hashes: sha256 && [{ alg: "SHA-256", content: sha256 }],
    });
  }
  for (const need of needs) {
    if (!seen.has(need)) {
      seen.add(need);
      waiting.push(need);
    }
  }
}

// What the pages bring along: style sheets, icons and the one script.
const lock = JSON.parse(readFileSync(join(root, "crates/web/package-lock.json"), "utf8"));
for (const [path, one] of Object.entries(lock.packages)) {
  const name = path.split("node_modules/").at(-1);
  if (name === "" || one.dev) continue;
  const purl = `pkg:npm/${name.replace("@", "%40")}@${one.version}`;
  const sha512 = one.integrity?.startsWith("sha512-") && Buffer.from(one.integrity.slice(7), "base64").toString("hex");
  components.push({
    type: "library",
    "bom-ref": purl,
    name,
    version: one.version,
    purl,
    licenses: licences(one.license),
    hashes: sha512 ? [{ alg: "SHA-512", content: sha512 }] : undefined,
  });
}

const by = (key) => (a, b) => (a[key] < b[key] ? -1 : 1);
const bill = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  metadata: {
    component: {
      type: "application",
      "bom-ref": cargo(start),
      name: PROGRAM,
      version: start.version,
      licenses: licences(start.license),
    },
  },
  components: components.sort(by("bom-ref")),
  dependencies: dependencies.sort(by("ref")),
};
process.stdout.write(`${JSON.stringify(bill, null, 1)}\n`);
