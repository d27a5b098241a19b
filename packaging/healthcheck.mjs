/** Whether the server in this container lives: exit status 0, else 1. Plain JavaScript, because it runs beside what was built. */
import { request as http } from "node:http";
import { request as https } from "node:https";

const given = process.env["ASSAY_HOST"];
/** Where it listens on all addresses, this one is among them. */
const hostname =
  given === undefined || given === "0.0.0.0" || given === "::"
    ? "127.0.0.1"
    : given;
/** A link to a service called assay has this name too, and is an address (without-service-links.ts). */
const [port = "4455"] = /^\d+$/.exec(process.env["ASSAY_PORT"] ?? "") ?? [];
const address = { hostname, port, path: "/health", timeout: 3000 };

const isAlive = (request, options) =>
  new Promise((resolve) => {
    request(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .on("timeout", () => resolve(false))
      .on("error", () => resolve(false))
      .end();
  });

// With TLS, the certificate is for another name than this; nothing is sent that anybody could read.
const alive =
  (await isAlive(http, address)) ||
  (await isAlive(https, { ...address, rejectUnauthorized: false }));
process.exit(alive ? 0 : 1);
