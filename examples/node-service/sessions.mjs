// Session Manager with Run As, kept in memory: who may start a session on which instance, and as which OS user.
// Written from the clauses C1 to C16 and D1 to D14; the comments say which.

/**
 * Points on which the source text is silent, and how each profile decides them. On a further one the profiles agree: the
 * Run As tag is looked up by its exact key.
 */
export const PROFILES = {
  default: { blankTag: "names-nobody", superuser: "ordinary", macos: "not-covered" },
  agent: { blankTag: "as-untagged", superuser: "refused", macos: "covered" },
  "docs-2023": { blankTag: "names-nobody", superuser: "root-refused", macos: "covered" },
};

const RUN_AS_TAG = "SSMSessionRunAs";
const SSM_USER = "ssm-user";

/** What could not be done, by the name of the error; nothing has changed. */
export class OperationError extends Error {}

/** Why the decision is to start no session. */
export class Refusal extends Error {}

// Not trim(): that takes U+FEFF for white space, and does not take U+0085 for it.
const isBlank = (text) => /^\p{White_Space}*$/u.test(text);

function require(condition, error) {
  if (!condition) throw new OperationError(error);
}

function refuse(reason) {
  throw new Refusal(reason);
}

export class SessionManager {
  #principals = new Map(); // id -> { account, tags: key in lower case -> { key, value } }
  #instances = new Map(); // id -> { account, platform, osUsers: name -> { uid, gid } }
  #preferences = new Map(); // account -> { runAsEnabled, runAsDefaultUser }
  #sessions = new Map(); // id -> { instance, osUser }
  #usedIds = new Set();
  #reading;

  constructor(reading) {
    this.#reading = reading;
  }

  createPrincipal(id, account) {
    require(!this.#principals.has(id), "PrincipalExists");
    this.#principals.set(id, { account, tags: new Map() });
  }

  deletePrincipal(id) {
    require(this.#principals.delete(id), "UnknownPrincipal");
  }

  tagPrincipal(id, key, value) {
    this.#principal(id).tags.set(key.toLowerCase(), { key, value }); // D4
  }

  untagPrincipal(id, key) {
    require(this.#principal(id).tags.delete(key.toLowerCase()), "UnknownTag");
  }

  updatePreferences(account, runAsEnabled, runAsDefaultUser) {
    this.#preferences.set(account, { runAsEnabled, runAsDefaultUser });
  }

  registerInstance(id, account, platform) {
    require(!this.#instances.has(id), "InstanceExists");
    this.#instances.set(id, { account, platform, osUsers: new Map() });
  }

  deregisterInstance(id) {
    require(this.#instances.delete(id), "UnknownInstance");
    for (const [session, { instance }] of this.#sessions) if (instance === id) this.#sessions.delete(session);
  }

  createOsUser(instance, name, uid, gid) {
    const { osUsers } = this.#instance(instance);
    require(!isBlank(name), "BlankOsUserName");
    require(!osUsers.has(name), "OsUserExists");
    osUsers.set(name, { uid, gid });
  }

  deleteOsUser(instance, name) {
    require(this.#instance(instance).osUsers.delete(name), "UnknownOsUser");
  }

  /** The OS user that the session runs as. Throws an OperationError, or a Refusal: then nothing has changed. */
  startSession(id, principalId, instanceId) {
    const principal = this.#principal(principalId);
    const instance = this.#instance(instanceId);
    require(principal.account === instance.account, "DifferentAccounts");
    require(!this.#usedIds.has(id), "SessionIdUsed");

    const osUser = this.#osUserFor(principal, instance);
    if (osUser === SSM_USER && !instance.osUsers.has(SSM_USER)) {
      instance.osUsers.set(SSM_USER, { uid: 1001, gid: 1001 }); // C2
    }
    this.#usedIds.add(id);
    this.#sessions.set(id, { instance: instanceId, osUser });
    return osUser;
  }

  terminateSession(id) {
    require(this.#sessions.delete(id), "UnknownSession");
  }

  sessions() {
    return Object.fromEntries(Array.from(this.#sessions, ([id, { osUser }]) => [id, osUser]));
  }

  osUsers(instance) {
    return [...(this.#instances.get(instance)?.osUsers.keys() ?? [])];
  }

  #osUserFor(principal, { account, platform, osUsers }) {
    const { runAsEnabled, runAsDefaultUser } = this.#preferences.get(account) ?? { runAsEnabled: false };
    if (typeof runAsEnabled !== "boolean") refuse("preferences-unreadable"); // D12
    if (!this.#covers(platform) || !runAsEnabled) return SSM_USER; // C1, C13

    const tag = this.#runAsTag(principal);
    const name = tag ?? runAsDefaultUser; // C3, C9, C5, C6
    if (tag === undefined && isBlank(name)) refuse("nobody-named"); // C14
    if (name === SSM_USER) refuse("ssm-user-named"); // C12

    const osUser = osUsers.get(name);
    if (!osUser) refuse("os-user-missing"); // C8, C11
    if (this.#refuses(name, osUser)) refuse("superuser-named"); // D8, D13
    return name; // C7, C10
  }

  #covers(platform) {
    return platform === "linux" || (platform === "macos" && this.#reading.macos === "covered"); // C13, D9
  }

  #refuses(name, { uid, gid }) {
    const { superuser } = this.#reading;
    return (superuser === "root-refused" && name === "root") || (superuser === "refused" && (uid === 0 || gid === 0));
  }

  #runAsTag({ tags }) {
    const { key, value } = tags.get(RUN_AS_TAG.toLowerCase()) ?? {};
    const isNone = key !== RUN_AS_TAG || (isBlank(value) && this.#reading.blankTag === "as-untagged"); // D14
    return isNone ? undefined : value;
  }

  #principal(id) {
    require(this.#principals.has(id), "UnknownPrincipal");
    return this.#principals.get(id);
  }

  #instance(id) {
    require(this.#instances.has(id), "UnknownInstance");
    return this.#instances.get(id);
  }
}
