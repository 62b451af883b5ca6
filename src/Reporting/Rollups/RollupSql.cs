namespace Delegation.Reporting.Rollups;

/// <summary>The statements by which lines become cells.</summary>
internal static class RollupSql
{
    private const string Parties = "owner_id, delegation_id, delegate_id";

    /// <summary>Adds the cells of the lines that an import told.</summary>
    public static string AddTold(Rollup rollup) => Add(rollup, "import_number", "= @number", "");

    /// <summary>
    /// Adds what was added up while the lines were read: the table <c>incoming_cell</c>, of the themes that follow from no other. It may have a cell in parts;
    /// they are put together where <paramref name="joined"/>.
    /// </summary>
    public static string AddRead(Rollup rollup, bool joined) => Insert(rollup, AllThemes(
        rollup,
        $"""
        SELECT @OwnerId AS owner_id, @DelegationId AS delegation_id, @DelegateId AS delegate_id, @number AS import_number, {string.Join(", ", rollup.Keys)},
               {string.Join(", ", rollup.Sums.Select(sum => joined ? $"sum({sum})::bigint AS {sum}" : sum))}
        FROM incoming_cell
        {(joined ? $"GROUP BY {string.Join(", ", rollup.Keys)} HAVING sum(lines) <> 0" : "")}
        """));

    /// <summary>Takes away from <c>incoming_cell</c> what was read and added up there, and then not told.</summary>
    public static string TakeUntold(Rollup rollup) =>
        $"""
        INSERT INTO incoming_cell ({Columns(rollup)})
        SELECT {Columns(rollup)} FROM ({OfLines(rollup, Untold, "import_number", "= @number", "-")}) c
        """;

    /// <summary>Takes away the cells of the lines that an import ended.</summary>
    public static string TakeEnded(Rollup rollup) => Add(rollup, "end_number", "= @number", "-");

    /// <summary>Adds the cells of all lines.</summary>
    public static string AddAll(Rollup rollup) => $"{Add(rollup, "import_number", All, "")};\n{Add(rollup, "end_number", All, "-")}";

    /// <summary>Takes all cells away.</summary>
    public static string Clear(Rollup rollup) => $"DELETE FROM {rollup.Cells} WHERE owner_id = @OwnerId AND delegation_id = @DelegationId";

    /// <summary>How many cells there are, and how many of them, each counted once for each import and its codes, differ from what the lines add up to.</summary>
    public static string Compare(Rollup rollup)
    {
        var key = $"import_number, {string.Join(", ", rollup.Keys)}";
        var sums = string.Join(", ", rollup.Sums.Select(measure => $"sum({measure})"));
        var told = $"SELECT {key}, {sums} FROM {{0}} c GROUP BY {key}";
        return
            $"""
            WITH kept AS ({string.Format(null, told, $"(SELECT * FROM {rollup.Cells} WHERE owner_id = @OwnerId AND delegation_id = @DelegationId)")}),
            told AS ({string.Format(null, told, $"({Cells(rollup, "import_number", All, "")} UNION ALL {Cells(rollup, "end_number", All, "-")})")})
            SELECT (SELECT count(*) FROM {rollup.Cells} WHERE owner_id = @OwnerId AND delegation_id = @DelegationId) AS cells,
                   (SELECT count(*) FROM (SELECT {key} FROM ((TABLE kept EXCEPT TABLE told) UNION ALL (TABLE told EXCEPT TABLE kept)) d GROUP BY {key}) e) AS differences
            """;
    }

    // The number of a line that counts still.
    private const string All = "< 2147483647";

    private static string Columns(Rollup rollup) => string.Join(", ", [.. rollup.Keys, .. rollup.Sums]);

    // Lines that are right each for itself, of which other lines were in the way or told just so before.
    private const string Untold =
        """
        (SELECT @OwnerId AS owner_id, @DelegationId AS delegation_id, @DelegateId AS delegate_id, @number AS import_number, i.*
         FROM incoming i
         WHERE i.cells IS NULL AND (i.reasons IS NOT NULL OR EXISTS (SELECT FROM known k WHERE k.line = i.line AND k.same))) i
        """;

    private static string Add(Rollup rollup, string number, string wanted, string sign) => Insert(rollup, Cells(rollup, number, wanted, sign));

    private static string Insert(Rollup rollup, string cells) =>
        $"INSERT INTO {rollup.Cells} ({Parties}, import_number, {Columns(rollup)})\nSELECT {Parties}, import_number, {Columns(rollup)} FROM {cells} c";

    private static string Cells(Rollup rollup, string number, string wanted, string sign) => AllThemes(rollup, OfLines(rollup, rollup.Lines, number, wanted, sign));

    // Cells of lines in one pass: a set of codes for each theme that does not follow from another.
    private static string OfLines(Rollup rollup, string lines, string number, string wanted, string sign)
    {
        var themes = rollup.Themes.Where(theme => theme.From is null).ToArray();
        var sums = string.Join(", ", rollup.Measures.Select(measure => $"{sign}sum({measure})::bigint AS {measure}").Append($"{sign}count(*) AS lines"));
        var name = string.Concat(themes.Select(theme => $" WHEN grouping({string.Join(", ", theme.Codes)}) = 0 THEN '{theme.Name}'"));
        return
            $"""
            SELECT {Parties}, {number} AS import_number, CASE{name} END AS theme, {rollup.AccountingMonth} AS accounting_month,
                   {rollup.OccurrenceMonth} AS occurrence_month, {string.Join(", ", rollup.CodeColumns)}, {sums}
            FROM {lines}
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND {number} {wanted}
            GROUP BY {Parties}, {number}, {rollup.AccountingMonth}, {rollup.OccurrenceMonth}, {string.Join(", ", Rollup.Common)},
                     GROUPING SETS ({string.Join(", ", themes.Select(theme => $"({string.Join(", ", theme.Codes)})"))})
            """;
    }

    // Cells, and those of the themes that follow from theirs.
    private static string AllThemes(Rollup rollup, string cells) =>
        $"(WITH found AS MATERIALIZED ({cells})\nTABLE found{string.Concat(rollup.Themes.Where(theme => theme.From is not null).Select(theme => $"\nUNION ALL\n{Rolled(rollup, theme)}"))})";

    private static string Rolled(Rollup rollup, Theme theme)
    {
        var (accounting, occurrence) = (MonthOf(theme, "accounting_month"), theme.ByOccurrence ? MonthOf(theme, "occurrence_month") : "NULL::date");
        var columns = string.Join(", ", [.. Rollup.Common, .. rollup.Codes.Select(code => theme.Codes.Contains(code) ? code : $"NULL::text AS {code}")]);
        return
            $"""
            SELECT {Parties}, import_number, '{theme.Name}', {accounting}, {occurrence}, {columns},
                   {string.Join(", ", rollup.Sums.Select(measure => theme.ByYear && measure == rollup.AtEnd ? InDecember(measure) : $"sum({measure})::bigint"))}
            FROM found WHERE theme = '{theme.From}' GROUP BY {string.Join(", ", [Parties, "import_number", accounting, occurrence, .. Rollup.Common, .. theme.Codes])}
            """;
    }

    private static string MonthOf(Theme theme, string month) => theme.ByYear ? $"date_trunc('year', {month})::date" : month;

    private static string InDecember(string measure) => $"coalesce(sum({measure}) FILTER (WHERE date_part('month', occurrence_month) = 12), 0)::bigint";
}
