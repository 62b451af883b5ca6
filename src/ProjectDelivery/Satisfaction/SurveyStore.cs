using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>Surveys in the database: one statement per call.</summary>
internal static class SurveyStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, import_id AS id, side, person_id AS personid,
               file_name AS filename, sha256, result_count AS resultcount, import_time AS importtime
        FROM survey_import
        """;

    // Of what several files say of the same, the latest.
    private const string Latest =
        """
        SELECT DISTINCT ON (first_day, theme, question) period, theme, question, answers, mean, nps, scores
        FROM survey_result
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND period_kind = @kind AND first_day BETWEEN @first AND @last
        """;

    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <summary>The import of the same file; null when there is none.</summary>
    public static Task<SurveyImportRow?> FindSurveyAsync(this TenantSession session, Parties parties, string sha256, CancellationToken cancellationToken) =>
        session.FindAsync<SurveyImportRow>(
            $"{Columns} WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND sha256 = @sha256", new { parties.OwnerId, parties.DelegationId, sha256 }, cancellationToken);

    /// <summary>The imports of a delegation, the latest first.</summary>
    public static async Task<Page<SurveyImportRow>> ListSurveysAsync(
        this TenantSession session, Parties parties, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<SurveyImportRow>(
            $"{Columns} WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND import_id < @before ORDER BY import_id DESC LIMIT @Limit",
            new { parties.OwnerId, parties.DelegationId, before = page.After?.Id ?? Last, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    /// <summary>False when the same file was imported meanwhile.</summary>
    public static async Task<bool> InsertSurveyAsync(
        this TenantSession session, SurveyImportRow survey, IReadOnlyList<SurveyResultRow> results, CancellationToken cancellationToken)
    {
        if (await session.ExecuteAsync(
            """
            INSERT INTO survey_import (owner_id, delegation_id, delegate_id, import_id, side, person_id, file_name, sha256, result_count, import_time)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Side, @PersonId, @FileName, @Sha256, @ResultCount, @ImportTime)
            ON CONFLICT (owner_id, delegation_id, sha256) DO NOTHING
            """,
            survey,
            cancellationToken) == 0)
            return false;

        var periods = results.Select(result => SatisfactionPeriod.Parse(result.Period)!).ToArray();
        await session.ExecuteAsync(
            """
            INSERT INTO survey_result (
                owner_id, delegation_id, delegate_id, import_id, place, period, period_kind, first_day, theme, question, answers, mean, nps, scores)
            SELECT @OwnerId, @DelegationId, @DelegateId, @Id, r.place, r.period, r.kind, r.first_day, r.theme, r.question, r.answers, r.mean, r.nps,
                   string_to_array(r.scores, ',')::bigint[]
            FROM unnest(@periods, @kinds, @days, @themes, @questions, @answers, @means, @nps, @scores)
                WITH ORDINALITY AS r (period, kind, first_day, theme, question, answers, mean, nps, scores, place)
            """,
            new
            {
                survey.OwnerId,
                survey.DelegationId,
                survey.DelegateId,
                survey.Id,
                periods = periods.Select(period => period.Text).ToArray(),
                kinds = periods.Select(period => period.Kind.Stored()).ToArray(),
                days = periods.Select(period => period.FirstDay).ToArray(),
                themes = results.Select(result => result.Theme).ToArray(),
                questions = results.Select(result => result.Question).ToArray(),
                answers = results.Select(result => result.Answers).ToArray(),
                means = results.Select(result => result.Mean).ToArray(),
                nps = results.Select(result => result.Nps).ToArray(),
                scores = results.Select(result => result.Scores is null ? null : string.Join(',', result.Scores)).ToArray(),
            },
            cancellationToken);
        return true;
    }

    /// <summary>The latest result of each theme and question of a period, at most so many.</summary>
    public static Task<IReadOnlyList<SurveyResultRow>> FindResultsAsync(
        this TenantSession session, Parties parties, SatisfactionPeriod period, int most, CancellationToken cancellationToken) =>
        session.QueryAsync<SurveyResultRow>(
            $"{Latest} ORDER BY first_day, theme, question, import_id DESC LIMIT @most",
            new { parties.OwnerId, parties.DelegationId, kind = period.Kind.Stored(), first = period.FirstDay, last = period.FirstDay, most },
            cancellationToken);

    /// <summary>The mean of the latest results of each period of a length, weighted by answers: of one theme, or of all for null.</summary>
    public static Task<IReadOnlyList<CustomersRow>> MeanResultsAsync(
        this TenantSession session, Parties parties, SatisfactionPeriod first, SatisfactionPeriod last, string? theme, CancellationToken cancellationToken) =>
        session.QueryAsync<CustomersRow>(
            $"""
            SELECT period, (sum(mean * answers) / sum(answers) FILTER (WHERE mean IS NOT NULL)) AS mean,
                   (sum(nps * answers) / sum(answers) FILTER (WHERE nps IS NOT NULL)) AS nps, sum(answers)::bigint AS answers
            FROM ({Latest} AND (@theme::text IS NULL OR theme = @theme) ORDER BY first_day, theme, question, import_id DESC) r
            GROUP BY period
            ORDER BY period
            """,
            new { parties.OwnerId, parties.DelegationId, kind = first.Kind.Stored(), first = first.FirstDay, last = last.FirstDay, theme },
            cancellationToken);
}

/// <summary>What the customers think of a period.</summary>
internal sealed record CustomersRow(string Period, double? Mean, double? Nps, long Answers);
