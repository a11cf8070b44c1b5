// A log-in provider for the browser tests: oidc-provider on this machine, with invented people. Says `provider on http://127.0.0.1:PORT`;
// the tests end it with themselves (src/process.rs).
//
//     TOVHOLDER_URL=http://127.0.0.1:8080 node serve.mjs
//
// Two clients: `employee` (RS256) and `citizen` (PS256), both with the secret `hemmelig`. Any password will do; the user name is one of PEOPLE.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const app = process.env.TOVHOLDER_URL;
if (!app) throw new Error("TOVHOLDER_URL is not set");

const LOA = "https://data.gov.dk/concept/core/nsis/loa/";
const PEOPLE = {
  karen: { preferred_username: "kahm", loa: `${LOA}Substantial`, roles: ["urn:tovholder:caseworker"] },
  lis: { preferred_username: "lida", loa: `${LOA}Low`, roles: ["urn:tovholder:team_leader"] },
  ghost: { preferred_username: "ghost", loa: `${LOA}High`, roles: ["urn:tovholder:administrator"] },
  ida: { cpr: "010158-5001", loa: `${LOA}Substantial` },
  nobody: { cpr: "040158-5004", loa: `${LOA}Substantial` },
};

const key = (kid) => ({
  ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }),
  kid,
  use: "sig",
});

const client = (name, algorithm) => ({
  client_id: name,
  client_secret: "hemmelig",
  redirect_uris: [`${app}/log-in/with/${name}/callback`],
  post_logout_redirect_uris: [`${app}/log-in`],
  backchannel_logout_uri: `${app}/log-in/with/${name}/logged-out`,
  backchannel_logout_session_required: true,
  id_token_signed_response_alg: algorithm,
  require_auth_time: true,
  response_types: ["code"],
  grant_types: ["authorization_code"],
});

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [client("employee", "RS256"), client("citizen", "PS256")],
    jwks: { keys: [key("one")] },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    claims: { openid: ["sub", "preferred_username", "loa", "roles", "cpr"] },
    conformIdTokenClaims: false,
    scopes: ["openid"],
    pkce: { required: () => true },
    // It tells of log-outs; by itself it refuses to call anybody on this machine.
    fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
    features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
    findAccount: (_, id) => PEOPLE[id] && { accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) },
  });
  server.on("request", provider.callback());
  console.log(`provider on ${issuer}`);
});
