using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.TitleToOperate;

/// <summary>What is answered about titles of one delegation on one day, as known at one instant.</summary>
internal sealed class TitleAnswers(Guid delegationId, DateOnly day, DateTime knownTime, IReadOnlyList<TitleFact> facts, string language)
{
    private static readonly Dictionary<TitleBreach, LocalizedText> Explanations = new()
    {
        [TitleBreach.NoTitle] = new("Nothing was signed by both sides.", "Aucun acte n'a été signé par les deux parties."),
        [TitleBreach.NotYetEffective] = new("What was signed takes effect later.", "Ce qui a été signé prend effet plus tard."),
        [TitleBreach.LetterExpired] = new("The letter of engagement had reached its end day.", "La lettre d'engagement avait atteint sa date de fin."),
        [TitleBreach.LetterTerminated] = new("The letter of engagement had been terminated.", "La lettre d'engagement avait été résiliée."),
        [TitleBreach.ContractExpired] = new("The contract had reached its term.", "Le contrat était arrivé à son terme."),
        [TitleBreach.ContractTerminated] = new("The contract had been terminated, and its transition was over.", "Le contrat avait été résilié, et sa transition était terminée."),
        [TitleBreach.RunOffOver] = new("The run-off after the contract was over.", "La gestion extinctive consécutive au contrat était terminée."),
        [TitleBreach.ScopeNotCovered] = new("The title does not hand this line to the delegate.", "Le titre ne confie pas cette ligne au délégataire."),
        [TitleBreach.LineToBeDecided] = new("Under the title this line is still to be decided.", "Sous ce titre, cette ligne reste à décider."),
    };

    /// <summary>For the delegation as a whole.</summary>
    public TitleAnswer Whole() => Answer(null);

    /// <summary>For one product and population.</summary>
    public TitleAnswer Of(TitleLine line)
    {
        var answer = Answer(new AskedLine(line.ActivityCode, [line.ProductCode], [line.PopulationCode]));
        answer.Line = line;
        return answer;
    }

    /// <summary>For each line, delegated or to be decided, of a scope; null stands for that of the prevailing title.</summary>
    public IEnumerable<LineTitle> Each(IReadOnlyList<ScopeLine>? scope) =>
        from line in scope ?? TitleDerivation.Derive(facts, day, line: null, knownTime).Title?.Lines ?? []
        where line.Delegated || line.ToBeDecided
        select new LineTitle
        {
            ActivityCode = line.ActivityCode,
            ProductCodes = { line.ProductCodes },
            PopulationCodes = { line.PopulationCodes },
            Answer = Answer(new AskedLine(line.ActivityCode, line.ProductCodes, line.PopulationCodes)),
        };

    private TitleAnswer Answer(AskedLine? line)
    {
        var (title, breach) = TitleDerivation.Derive(facts, day, line, knownTime);
        var answer = new TitleAnswer
        {
            DelegationId = delegationId.ToString(),
            Day = DayField.Write(day),
            KnownTime = Timestamp.FromDateTime(knownTime),
            Revision = TitleDerivation.Revision(facts, knownTime),
        };
        if (title is null)
            (answer.Breach, answer.Explanation) = (breach, Explanations[breach].In(language));
        else
            answer.Title = new Title
            {
                Kind = title.Kind,
                ObjectId = title.TitleId.ToString(),
                EffectiveDay = DayField.Write(title.EffectiveDay),
                LastDay = DayField.Write(title.LastDayOn(day)),
                TextSha256 = title.TextSha256,
                AmendmentId = title.AmendmentId?.ToString() ?? "",
            };

        return answer;
    }
}
