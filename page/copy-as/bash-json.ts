/**
 * Lines of bash for `json`, which reads JSON without a program for it: of its input it writes each value on a line of its own, after its
 * path such as `.tasks[0].name` and a tab. What is escaped in a text is written out, but for line breaks and tabs, which become
 * blanks. `value PATH` writes one value, and `member PATH` one of those in `$folder/lines`.
 */
export const JSON_LINES = String.raw`json() {
  awk '
    function tell(text,  i, path) {
      for (i = 1; i <= depth; i++) path = path (list[i] ? "[" at[i] "]" : "." name[i])
      print path "\t" text
    }
    function end() { if (word != "") tell(word); word = "" }
    BEGIN { RS = "\"" }
    quoted {
      text = text $0
      match($0, /\\*$/)
      if (RLENGTH % 2) { text = text "\""; next }
      quoted = 0
      gsub(/\\\\/, "\001", text); gsub(/\\[nrt]/, " ", text); gsub(/\\/, "", text); gsub(/\001/, "\\", text)
      if (wanted[depth]) name[depth] = text
      else tell(text)
      next
    }
    {
      for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        if (c == "{" || c == "[") { depth++; list[depth] = c == "["; at[depth] = 0; wanted[depth] = c == "{" }
        else if (c == "}" || c == "]") { end(); depth-- }
        else if (c == ",") { end(); at[depth]++; wanted[depth] = !list[depth] }
        else if (c == ":") wanted[depth] = 0
        else if (c !~ /[ \t\r\n]/) word = word c
      }
      quoted = 1
      text = ""
    }'
}
value() { json | path=$1 awk -F '\t' '$1 == ENVIRON["path"] { print $2 }'; }
member() { path=$1 awk -F '\t' '$1 == ENVIRON["path"] { print $2 }' "$folder/lines"; }`
