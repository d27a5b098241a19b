import type { Facts } from "../../causes.ts";
import { tell, type Family } from "../cause-words.ts";
import { quoted } from "./lists.ts";

type OfProfile = "aws.environment_shadows_profile" | "aws.profile";

const OVER: Readonly<
  Record<Facts["aws.environment_shadows_profile"]["over"], string>
> = {
  profile: "das Profil",
  web_identity: "die Rolle",
  container: "die Rolle des Containers unter",
};

const CHOSEN: Readonly<
  Record<Facts["aws.environment_shadows_profile"]["chosenBy"], string | null>
> = {
  variable:
    "AWS_PROFILE nennt das Profil, und AWS CLI, boto3, Java und Go nehmen Schlüssel in Variablen vor ihm; JavaScript v3 nimmt das Profil",
  call: "ein Profil, das im Aufruf genannt wird, geht bei AWS CLI, boto3, Go und JavaScript v3 vor, in der Standardkette von Java nicht",
  default: null,
};

const PROFILE_TITLES: Readonly<Record<Facts["aws.profile"]["how"], string>> = {
  other: "Es wurde ein anderes Profil gelesen als das gemeinte.",
  not_found:
    "Das gemeinte Profil steht in keiner Datei, die das Werkzeug liest.",
  none_found:
    "Das Werkzeug hat keine Zugangsdaten gefunden, wo es gesucht hat.",
  file_broken: "Die Datei mit den Profilen ist nicht lesbar.",
  incomplete: "Dem Profil fehlt eine Einstellung, die es braucht.",
};

const PROFILE_FIXES: Readonly<Record<Facts["aws.profile"]["how"], string>> = {
  other:
    "Das Profil überall nennen, wo selbst signiert wird, und Profilen Namen geben, die in beiden Dateien zusammen nur einmal vorkommen.",
  not_found:
    "Den Namen mit aws configure list-profiles vergleichen. In der Konfigurationsdatei lautet die Überschrift [profile NAME]. Unter sudo, in einem Dienst oder Container gelten die Dateien eines anderen Home-Verzeichnisses.",
  none_found:
    "Mit aws configure list sehen, was das Werkzeug findet. AWS_PROFILE setzen oder sich anmelden (aws sso login). Unter sudo, in einem Dienst oder Container gelten die Dateien eines anderen Home-Verzeichnisses; dort eine Rolle verwenden.",
  file_broken:
    "Die Datei berichtigen: eine Überschrift in Klammern, dann Zeilen der Form Name = Wert, keine Merge-Marken und keine Tabulatoren vor einem Namen. Die Meldung nennt die Datei.",
  incomplete:
    "Das Profil vervollständigen: für Single Sign-on mit aws configure sso; für eine Rolle mit source_profile oder credential_source, die etwas Vorhandenes nennen müssen.",
};

/** Words for the causes of requests to AWS that concern where the credentials came from. */
export const AWS_PROFILES: Pick<Family<"aws">, OfProfile> = {
  "aws.environment_shadows_profile": ({
    profile,
    over,
    chosenBy,
    keyId,
    inProfile,
  }) =>
    tell(
      over === "profile"
        ? "Variablen der Umgebung hatten Vorrang vor dem gemeinten Profil."
        : "Schlüssel der Umgebung hatten Vorrang vor der gemeinten Rolle.",
      [
        `gemeint war ${OVER[over]} ${quoted(profile)}, und die Anfrage trägt den Schlüssel ${quoted(keyId)} der Umgebung`,
        inProfile !== null && `das Profil enthält ${quoted(inProfile)}`,
        over === "profile" && CHOSEN[chosenBy],
      ],
      over === "profile"
        ? "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY und AWS_SESSION_TOKEN löschen oder das Profil im Aufruf nennen. Variablen oder ein Profil setzen, nie beides."
        : "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY und AWS_SESSION_TOKEN aus dem Container entfernen: Jedes SDK nimmt sie vor der Rolle.",
    ),
  "aws.profile": ({ how, meant, read, keyId }) =>
    tell(
      PROFILE_TITLES[how],
      [
        meant === null
          ? how === "other" || how === "not_found"
            ? "das gemeinte Profil ist nicht bekannt"
            : "das Werkzeug sagt es, bevor es etwas sendet"
          : `gemeint war das Profil ${quoted(meant)}`,
        keyId !== null &&
          (read === null
            ? `der Schlüssel ${quoted(keyId)} steht nicht darin`
            : `der Schlüssel ${quoted(keyId)} steht in ${quoted(read)}`),
      ],
      PROFILE_FIXES[how],
    ),
};
