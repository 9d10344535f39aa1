// The adapter: lines of JSON from the conformance kit, as calls of the implementation in sessions.mjs.
// Usage: node adapter.mjs [default|agent|docs-2023]

import { OperationError, PROFILES, Refusal, SessionManager } from "./sessions.mjs";

const profile = process.argv[2] ?? "default";
if (!Object.hasOwn(PROFILES, profile)) {
  console.error(`unknown profile ${profile}; use one of ${Object.keys(PROFILES).join(", ")}`);
  process.exit(2);
}

const STEPS = {
  create_principal: (manager, s) => manager.createPrincipal(s.principal, s.account),
  delete_principal: (manager, s) => manager.deletePrincipal(s.principal),
  tag_principal: (manager, s) => manager.tagPrincipal(s.principal, s.key, s.value),
  untag_principal: (manager, s) => manager.untagPrincipal(s.principal, s.key),
  update_preferences: (manager, s) => manager.updatePreferences(s.account, s.run_as_enabled, s.default_user),
  register_instance: (manager, s) => manager.registerInstance(s.instance, s.account, s.platform),
  deregister_instance: (manager, s) => manager.deregisterInstance(s.instance),
  create_os_user: (manager, s) => manager.createOsUser(s.instance, s.name, s.uid, s.gid),
  delete_os_user: (manager, s) => manager.deleteOsUser(s.instance, s.name),
  start_session: (manager, s) => ({ started_as: manager.startSession(s.session, s.principal, s.instance) }),
  terminate_session: (manager, s) => manager.terminateSession(s.session),
  list_sessions: (manager) => ({ sessions: manager.sessions() }),
  list_os_users: (manager, s) => ({ os_users: manager.osUsers(s.instance) }),
};

function take(manager, step) {
  try {
    return STEPS[step.operation](manager, step) ?? { done: true };
  } catch (error) {
    if (error instanceof OperationError) return { failed: error.message };
    if (error instanceof Refusal) return { refused: error.message };
    return { errored: String(error) };
  }
}

const COMMANDS = {
  start: () => ({
    protocol: 2,
    name: "node-service",
    version: "1.0.0",
    language: `JavaScript (Node.js ${process.versions.node})`,
    level: "service",
    reading: profile,
    nouns: [],
  }),
  run: ({ id, steps }) => {
    const manager = new SessionManager(PROFILES[profile]);
    return { id, results: steps.map((step) => take(manager, step)) };
  },
  stop: () => process.exit(0),
};

// Not node:readline: from Node.js 24 on it ends lines at U+2028 and U+2029 too, which JSON allows in a string.
let received = "";
process.stdin.setEncoding("utf8");
for await (const chunk of process.stdin) {
  const lines = (received + chunk).split("\n");
  received = lines.pop();
  for (const line of lines) {
    const message = JSON.parse(line);
    process.stdout.write(`${JSON.stringify(COMMANDS[message.command](message))}\n`);
  }
}
