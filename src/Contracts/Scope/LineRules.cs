using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.Collections;

namespace Delegation.Contracts.Scope;

/// <summary>What the lines of a scope must be, whoever writes them: the rules of one line here, those of its roles in <see cref="RoleRules"/>.</summary>
internal static class LineRules
{
    private const int MostLines = 500;
    private const int LongestNote = 500;

    /// <summary>The lines in their plain form, with what the platform sets; violations for all that is wrong with them.</summary>
    public static IReadOnlyList<ScopeLine> Read(IReadOnlyList<ScopeLine> lines, TradeList trade, Coverage coverage, List<FieldViolation> violations)
    {
        if (lines.Count > MostLines)
        {
            violations.Add(LineViolations.TooMany(lines.Count, MostLines));
            return [];
        }

        var plain = lines.Select((line, place) => ReadLine($"lines[{place}]", line, trade, coverage, violations)).ToArray();
        CheckRepeated(plain, violations);

        return plain;
    }

    private static ScopeLine ReadLine(string path, ScopeLine line, TradeList trade, Coverage coverage, List<FieldViolation> violations)
    {
        var activity = trade.Find(line.ActivityCode.Trim());
        if (activity is null)
            violations.Add(LineViolations.Activity($"{path}.activity_code", line.ActivityCode));

        var plain = new ScopeLine
        {
            ActivityCode = activity?.Code ?? "",
            ProductCodes = { ReadCodes($"{path}.product_codes", "PRODUCT", line.ProductCodes, coverage.Products, violations) },
            PopulationCodes = { ReadCodes($"{path}.population_codes", "POPULATION", line.PopulationCodes, coverage.Populations, violations) },
            ToBeDecided = line.ToBeDecided,
            Assignments = { RoleRules.Read(path, line, activity, violations) },
            Note = TextField.ReadText($"{path}.note", line.Note, LongestNote, violations) ?? "",
            Indicators = { activity?.Indicators ?? [] },
        };
        plain.Delegated = IsDelegated(plain);
        return plain;
    }

    /// <summary>The delegate answers for its sub-delegates: what they do is delegated to it.</summary>
    private static bool IsDelegated(ScopeLine line) => !line.ToBeDecided && line.Assignments.Any(assignment =>
        assignment.Party is ScopeParty.Delegate or ScopeParty.SubDelegate && assignment.Roles.Contains(RaciRole.Responsible));

    private static IReadOnlyList<string> ReadCodes(
        string path, string what, RepeatedField<string> codes, IReadOnlyList<string> known, List<FieldViolation> violations)
    {
        if (codes.Count == 0)
            return known;

        for (var place = 0; place < codes.Count; place++)
        {
            if (!known.Contains(codes[place]))
                violations.Add(LineViolations.UnknownCode($"{path}[{place}]", what, codes[place]));
            else if (codes.Take(place).Contains(codes[place]))
                violations.Add(LineViolations.RepeatedCode($"{path}[{place}]", what, codes[place]));
        }

        return codes;
    }

    private static void CheckRepeated(IReadOnlyList<ScopeLine> lines, List<FieldViolation> violations)
    {
        foreach (var same in lines.Select((line, place) => (Line: line, Place: place)).Where(entry => entry.Line.ActivityCode.Length > 0).GroupBy(entry => entry.Line.ActivityCode))
        {
            var before = new List<(ScopeLine Line, int Place)>();
            foreach (var entry in same)
            {
                var first = before.FindIndex(other => Meet(other.Line, entry.Line));
                if (first >= 0)
                    violations.Add(LineViolations.Repeated($"lines[{entry.Place}].activity_code", entry.Line.ActivityCode, before[first].Place));

                before.Add(entry);
            }
        }
    }

    private static bool Meet(ScopeLine one, ScopeLine other) =>
        one.ProductCodes.Intersect(other.ProductCodes).Any() && one.PopulationCodes.Intersect(other.PopulationCodes).Any();
}
