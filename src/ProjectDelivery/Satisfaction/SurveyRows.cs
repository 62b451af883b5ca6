using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>An imported file as the database keeps it.</summary>
internal sealed record SurveyImportRow(
    Guid OwnerId, Guid DelegationId, Guid DelegateId, Guid Id, string Side, Guid PersonId, string FileName, string Sha256, int ResultCount, DateTime ImportTime)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public SurveyImport ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Side = RoleCodes.SideOf(Side),
        PersonId = PersonId.ToString(),
        FileName = FileName,
        Sha256 = Sha256,
        ResultCount = ResultCount,
        ImportTime = Timestamp.FromDateTime(ImportTime),
    };
}

/// <summary>A result of a survey.</summary>
internal sealed record SurveyResultRow
{
    public required string Period { get; init; }

    public required string Theme { get; init; }

    public required string Question { get; init; }

    public required long Answers { get; init; }

    public double? Mean { get; init; }

    public double? Nps { get; init; }

    /// <summary>How many gave each score from 0 to 10; null where that is not known.</summary>
    public long[]? Scores { get; init; }

    /// <summary>The mean of scores.</summary>
    public static double MeanOf(long[] scores) => scores.Select((count, score) => (double)count * score).Sum() / scores.Sum();

    /// <summary>Promoters, who gave 9 or 10, minus detractors, who gave 0 to 6, in percent of all.</summary>
    public static double NpsOf(long[] scores) => 100.0 * (scores[9..].Sum() - scores[..7].Sum()) / scores.Sum();

    public SurveyResult ToMessage()
    {
        var message = new SurveyResult
        {
            Period = Period, Theme = StoredNames.Read<SatisfactionTheme>(Theme), Question = Question, Answers = Answers, Scores = { Scores ?? [] },
        };
        if (Mean is { } mean)
            message.Mean = mean;
        if (Nps is { } nps)
            message.Nps = nps;

        return message;
    }
}
