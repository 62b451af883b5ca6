namespace Delegation.Persistence.Migrations;

/// <summary>One statement of a script.</summary>
/// <param name="Line">The line of the script that its first word is on, from 1.</param>
/// <param name="Text">From the first word to the semicolon, which is left out.</param>
internal sealed record SqlStatement(int Line, string Text)
{
    /// <summary>The line of the script at a character of the statement, from 1 as PostgreSQL counts; its first line for 0, "not told".</summary>
    public int LineAt(int position) => Line + Text.AsSpan(0, Math.Clamp(position - 1, 0, Text.Length)).Count('\n');
}

/// <summary>
/// Cuts a script into statements, so that an error can be told by its line: most errors of PostgreSQL carry no position, and
/// those that do count from the start of the statement.
/// Lexical rules: https://www.postgresql.org/docs/15/sql-syntax-lexical.html. Bodies of functions are quoted ($$ … $$); the
/// unquoted form, BEGIN ATOMIC, would be cut at its first semicolon and is refused by the server.
/// </summary>
internal static class SqlScript
{
    public static IReadOnlyList<SqlStatement> Statements(string sql)
    {
        var statements = new List<SqlStatement>();
        int? start = null;
        for (var at = 0; at < sql.Length;)
        {
            if (sql[at] == ';')
            {
                Close(at);
                at++;
            }
            else if (CommentEnd(sql, at) is { } afterComment)
            {
                at = afterComment;
            }
            else
            {
                start ??= char.IsWhiteSpace(sql[at]) ? null : at;
                at = QuoteEnd(sql, at) ?? at + 1;
            }
        }

        Close(sql.Length);
        return statements;

        void Close(int end)
        {
            if (start is { } from)
                statements.Add(new SqlStatement(1 + sql.AsSpan(0, from).Count('\n'), sql[from..end]));

            start = null;
        }
    }

    /// <summary>Where the comment that starts at <paramref name="at"/> ends, or null when none starts there.</summary>
    private static int? CommentEnd(string sql, int at)
    {
        if (StartsAt(sql, at, "--"))
            return sql.IndexOf('\n', at) is var end and >= 0 ? end : sql.Length;

        if (!StartsAt(sql, at, "/*"))
            return null;

        // Block comments nest, unlike those of C.
        var depth = 0;
        while (at < sql.Length)
        {
            var step = StartsAt(sql, at, "/*") ? 1 : StartsAt(sql, at, "*/") ? -1 : 0;
            depth += step;
            at += step == 0 ? 1 : 2;
            if (depth == 0)
                break;
        }

        return at;
    }

    /// <summary>Where the string or quoted name that starts at <paramref name="at"/> ends, or null when none starts there.</summary>
    private static int? QuoteEnd(string sql, int at) => sql[at] switch
    {
        '\'' => After(sql, at + 1, '\'', escapes: IsEscapeString(sql, at)),
        '"' => After(sql, at + 1, '"', escapes: false),
        '$' => DollarQuoteEnd(sql, at),
        _ => null,
    };

    private static int After(string sql, int at, char quote, bool escapes)
    {
        for (; at < sql.Length; at++)
        {
            if (escapes && sql[at] == '\\')
                at++;
            else if (sql[at] == quote && at + 1 < sql.Length && sql[at + 1] == quote)
                at++;
            else if (sql[at] == quote)
                return at + 1;
        }

        return sql.Length;
    }

    private static int? DollarQuoteEnd(string sql, int at)
    {
        var tagEnd = at + 1;
        while (tagEnd < sql.Length && IsNamePart(sql[tagEnd]))
            tagEnd++;

        // $1 is a parameter, and a$b$c a name.
        if (tagEnd == sql.Length || sql[tagEnd] != '$' || char.IsAsciiDigit(sql[at + 1]) || (at > 0 && IsNamePart(sql[at - 1])))
            return null;

        var tag = sql[at..(tagEnd + 1)];
        return sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal) is var end and >= 0 ? end + tag.Length : sql.Length;
    }

    private static bool IsEscapeString(string sql, int quote) =>
        quote > 0 && sql[quote - 1] is 'e' or 'E' && (quote == 1 || !IsNamePart(sql[quote - 2]));

    private static bool IsNamePart(char character) => character == '_' || char.IsLetterOrDigit(character);

    private static bool StartsAt(string sql, int at, string token) => string.CompareOrdinal(sql, at, token, 0, token.Length) == 0;
}
