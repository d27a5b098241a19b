/** What became of a shared secret on its way into a configuration. */
export const OF_SECRETS: Readonly<Record<string, string>> = {
  // What hangs on it.
  "line end": "Zeilenende",
  "carriage return": "Wagenrücklauf",
  tab: "Tabulator",
  blank: "Leerzeichen",
  blanks: "Leerzeichen",
  "byte-order mark": "Byte-Order-Mark",
  "no-break space": "geschütztes Leerzeichen",
  "zero-width space": "Leerzeichen ohne Breite",
  "NUL character": "NUL-Zeichen",
  "invisible character": "unsichtbares Zeichen",
  "blanks or line ends inside": "Leerzeichen oder Zeilenenden im Innern",
  "the name of the variable": "der Name der Variable",
  "quotation marks": "Anführungszeichen",
  "white space around it": "Leerraum darum",
  "a comment after it": "ein Kommentar danach",
  comma: "Komma",
  semicolon: "Semikolon",
  "comma after it": "Komma danach",
  "semicolon after it": "Semikolon danach",
  "line end written as two characters":
    "Zeilenende als zwei Zeichen geschrieben",
  "sign before it": "Zeichen davor",

  // What was made of a character.
  "a name after it replaced by nothing": "ein Name danach durch nichts ersetzt",
  "a name in braces replaced by nothing":
    "ein Name in geschweiften Klammern durch nichts ersetzt",
  "names with and without braces replaced by nothing":
    "Namen mit und ohne geschweifte Klammern durch nichts ersetzt",
  "every kind of parameter replaced by nothing":
    "jede Art von Parameter durch nichts ersetzt",
  "a default in braces put in":
    "ein Vorgabewert in geschweiften Klammern eingesetzt",
  "a digit after it taken for a parameter":
    "eine Ziffer danach für einen Parameter gehalten",
  "a digit after it taken for a parameter, and names too":
    "eine Ziffer danach für einen Parameter gehalten, Namen ebenso",
  "one for two": "zwei als eines",
  "two for one": "eines als zwei",
  "a replacement pattern of the kind $1 or $& emptied":
    "ein Ersetzungsmuster wie $1 oder $& geleert",
  "the sign itself lost": "das Zeichen selbst verloren",
  "cut off at it": "dort abgeschnitten",
  "cut off as a comment": "als Kommentar abgeschnitten",
  "a backslash put before it": "ein Backslash davorgesetzt",
  "dropped before another character": "vor einem anderen Zeichen weggefallen",
  "dropped before $ and quotation marks":
    "vor $ und Anführungszeichen weggefallen",
  doubled: "verdoppelt",
  "read as an escape": "als Escape gelesen",
  "every one dropped": "alle weggefallen",
  "a word after it taken from the shell's history":
    "ein Wort danach aus der History der Shell ersetzt",
  "a variable between two replaced by nothing":
    "eine Variable zwischen zweien durch nichts ersetzt",
  "percent-decoded": "prozentdekodiert",
  "percent-encoded": "prozentkodiert",
  "read as a blank": "als Leerzeichen gelesen",
  "written for a plus sign": "für ein Pluszeichen geschrieben",
  "dropped as an escape of the Windows shell":
    "als Escape der Windows-Shell weggefallen",
  "dropped as an escape of PowerShell": "als Escape der PowerShell weggefallen",
  "a command between two replaced by nothing":
    "ein Befehl zwischen zweien durch nichts ersetzt",
  "a command in parentheses replaced by nothing":
    "ein Befehl in Klammern durch nichts ersetzt",
  "removed by the shell": "von der Shell entfernt",
  "read as an HTML entity": "als HTML-Entity gelesen",
  "written as an HTML entity": "als HTML-Entity geschrieben",
  "a template between braces replaced by nothing":
    "eine Vorlage zwischen geschweiften Klammern durch nichts ersetzt",
  "put before every special character": "vor jedes Sonderzeichen gesetzt",
  "a name after it may have been replaced by its value":
    "ein Name danach wurde vielleicht durch seinen Wert ersetzt",
};
