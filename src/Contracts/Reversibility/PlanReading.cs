using Delegation.Contracts.Commitments;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Reversibility;

/// <summary>The terms of a reversibility plan in a request.</summary>
internal static class PlanReading
{
    private const int LongestLine = 200;
    private const int LongestText = 2000;
    private const int MostExceptions = 20;

    /// <summary>What they say, trimmed; with violations, as far as it could be read.</summary>
    public static ReversibilityTerms Read(ReversibilityTerms terms, ICollection<FieldViolation> violations)
    {
        var byCare = terms.RunOffOption == RunOffOption.ByCareDate;
        TermViolations.Check("terms.run_off_option", terms.RunOffOption, required: true, "who liquidates claims of before the cutover", "qui liquide le stock d'avant la bascule", violations);
        TermViolations.InRange("terms.cut_off_days", terms.CutOffDays, 0, 365, violations);
        TermViolations.Check("terms.recoveries", terms.Recoveries, byCare, "who goes on with recoveries", "qui poursuit les indus et recours", violations);
        TermViolations.InRange("terms.dry_runs", terms.DryRuns, 0, 5, violations);
        if (terms.Data.Count == 0)
            violations.Add(TermViolations.Required("terms.data", "the data that is given back", "les données à restituer"));
        if (terms.Retention.Count > MostExceptions)
            violations.Add(new(
                "terms.retention", "TOO_MANY", new($"There are more than {MostExceptions}.", $"Il y en a plus de {MostExceptions}."), new("Group them.", "Regroupez-les.")));

        return new ReversibilityTerms
        {
            RunOffOption = terms.RunOffOption,
            CutOffDays = terms.CutOffDays,
            Recoveries = byCare ? terms.Recoveries : ClaimManager.Incoming,
            Data = { Data(terms.Data, violations) },
            DryRuns = terms.DryRuns,
            Costs = { Costs(terms.Costs, violations) },
            DestructionMethod = TextField.ReadRequiredText("terms.destruction_method", terms.DestructionMethod, LongestText, violations) ?? "",
            Retention = { terms.Retention.Select((kept, place) => Exception($"terms.retention[{place}]", kept, violations)).ToArray() },
        };
    }

    private static ExitDataLine[] Data(IEnumerable<ExitDataLine> lines, ICollection<FieldViolation> violations)
    {
        var seen = new HashSet<ExitDataKind>();
        return [.. lines.Select((line, place) =>
        {
            var field = $"terms.data[{place}]";
            if (TermViolations.Check($"{field}.kind", line.Kind, required: true, "what it is", "la nature des données", violations) && !seen.Add(line.Kind))
                violations.Add(TermViolations.Repeated($"{field}.kind"));

            return new ExitDataLine { Kind = line.Kind, Format = TextField.ReadLine($"{field}.format", line.Format, LongestLine, violations) ?? "" };
        })];
    }

    private static ExitCostRule[] Costs(IEnumerable<ExitCostRule> rules, ICollection<FieldViolation> violations)
    {
        var seen = new HashSet<ExitGround>();
        return [.. rules.Select((rule, place) =>
        {
            var field = $"terms.costs[{place}]";
            if (TermViolations.Check($"{field}.ground", rule.Ground, required: true, "the ground", "le motif", violations) && !seen.Add(rule.Ground))
                violations.Add(TermViolations.Repeated($"{field}.ground"));

            TermViolations.Check($"{field}.bearer", rule.Bearer, required: true, "the side that bears them", "la partie qui les supporte", violations);
            return new ExitCostRule { Ground = rule.Ground, Bearer = rule.Bearer, Pricing = TextField.ReadText($"{field}.pricing", rule.Pricing, LongestText, violations) ?? "" };
        })];
    }

    private static RetentionException Exception(string field, RetentionException kept, ICollection<FieldViolation> violations)
    {
        TermViolations.InRange($"{field}.months", kept.Months, 1, 600, violations);
        TermViolations.Unused($"{field}.last_day", kept.LastDay.Length > 0, "the last day, which follows from the cutover", "la dernière date, qui découle de la bascule", violations);
        return new RetentionException
        {
            What = TextField.ReadLine($"{field}.what", kept.What, LongestLine, violations) ?? "",
            LegalGround = TextField.ReadLine($"{field}.legal_ground", kept.LegalGround, LongestLine, violations) ?? "",
            Months = kept.Months,
        };
    }
}
