using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using InsurerKind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Regulation;

/// <summary>The answers on the regimes of a delegation as the database keeps them.</summary>
internal sealed record QuestionnaireRow(Guid Id, string Answers, Guid PersonId, DateTime AnswerTime, long Revision)
{
    /// <summary>Those of a delegation for which nobody answered. Their etag is made with the id of the delegation, of which no revision is 0.</summary>
    public static QuestionnaireRow None(Guid delegationId) => new(delegationId, "{}", default, default, 0);

    public bool IsAnswered => Revision > 0;

    /// <summary>The same with other answers.</summary>
    public QuestionnaireRow With(RegulatoryAnswers answers, Guid newId, Guid personId, DateTime now) =>
        new(IsAnswered ? Id : newId, JsonFormatter.Default.Format(answers), personId, now, Revision + 1);

    /// <summary>The regimes that follow for an insurer of a kind.</summary>
    public IReadOnlyList<RegimeFlag> Flags(InsurerKind insurer) => RegimeRule.Flags(ReadAnswers(), insurer);

    public DelegationRegimes ToMessage(Guid delegationId, InsurerKind insurer) => new()
    {
        DelegationId = delegationId.ToString(),
        Answers = IsAnswered ? ReadAnswers() : null,
        Regimes = { Flags(insurer) },
        Criticality = RegimeRule.CriticalityOf(ReadAnswers()),
        PersonId = IsAnswered ? PersonId.ToString() : "",
        AnswerTime = IsAnswered ? Timestamp.FromDateTime(AnswerTime) : null,
        Etag = Etag.Of(Id, Revision),
    };

    private RegulatoryAnswers ReadAnswers() => JsonParser.Default.Parse<RegulatoryAnswers>(Answers);
}
