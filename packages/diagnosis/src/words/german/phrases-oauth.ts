/** What the judge of OAuth endpoints says of steps that do not apply, and of what would tell more. */
export const OF_OAUTH: Readonly<Record<string, string>> = {
  "the server granted it, and nothing was verified here":
    "der Server hat es gewährt, und hier wurde nichts geprüft",
  "the request is one to an authorization server, and bears no token to an API":
    "die Anfrage geht an einen Autorisierungsserver und bringt keiner API ein Token",
  "the access token that the client holds would tell whether the first answer arrived":
    "das Access-Token, das der Client hat, würde zeigen, ob die erste Antwort ankam",
  "the token, and the address that was asked, would tell whether it ended or is another server's":
    "das Token und die gefragte Adresse würden zeigen, ob es abgelaufen oder eines anderen Servers ist",
  "the addresses from which the refresh token came would tell an old copy from a theft":
    "die Adressen, von denen das Refresh-Token kam, würden eine alte Kopie von einem Diebstahl unterscheiden",
  "the history of the first use would tell a race from an old copy and from a theft":
    "der Verlauf der ersten Verwendung würde einen Wettlauf von einer alten Kopie und von einem Diebstahl unterscheiden",
  "the server was busy or down: the same request, sent again later, would tell":
    "der Server war überlastet oder ausgefallen: dieselbe Anfrage, später noch einmal gesendet, würde es zeigen",
  "the user has not agreed yet: the same request is to be sent again, after the interval":
    "der Benutzer hat noch nicht zugestimmt: dieselbe Anfrage nach der Wartezeit noch einmal senden",
  "the server's answer would tell what it refused":
    "die Antwort des Servers würde zeigen, was er abgelehnt hat",
};
