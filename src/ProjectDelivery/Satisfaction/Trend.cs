using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Direction = Delegation.Delivery.V1.MeasureTrend.Types.Direction;
using Measure = Delegation.Delivery.V1.MeasureTrend.Types.Measure;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>How a measure moves from period to period: the line through its figures by least squares.</summary>
internal static class Trend
{
    private const int FewestToSayWhere = 3;

    /// <summary>Null where no period has a figure.</summary>
    public static MeasureTrend? Of(Measure measure, IEnumerable<(SatisfactionPeriod Period, double? Value)> figures)
    {
        var points = figures.Where(figure => figure.Value is not null).Select(figure => (figure.Period, Value: figure.Value!.Value)).OrderBy(point => point.Period.Number).ToArray();
        if (points.Length == 0)
            return null;

        var trend = new MeasureTrend
        {
            Measure = measure,
            Points = { points.Select(point => new TrendPoint { Period = point.Period.Text, Value = point.Value }) },
        };
        if (Slope([.. points.Select(point => ((double)point.Period.Number, point.Value))]) is { } slope)
        {
            trend.Slope = slope;
            if (points.Length >= FewestToSayWhere)
                trend.Direction = WhereTo(slope, ScaleOf(measure) / 100);
        }

        return trend;
    }

    /// <summary>Per period; null with fewer than two points.</summary>
    public static double? Slope(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 2)
            return null;

        var (meanX, meanY) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / points.Sum(point => (point.X - meanX) * (point.X - meanX));
    }

    private static Direction WhereTo(double slope, double still) => slope > still ? Direction.Rising : slope < -still ? Direction.Falling : Direction.Stable;

    // From the least to the most that a measure can be.
    private static double ScaleOf(Measure measure) => measure switch
    {
        Measure.Insurer or Measure.Delegate => 4,
        Measure.CustomersMean => 10,
        Measure.CustomersNps => 200,
        _ => 1,
    };
}

/// <summary>Which periods a trend goes over.</summary>
internal sealed record TrendAsked(SatisfactionPeriod First, SatisfactionPeriod Last, SatisfactionTheme Theme)
{
    private const int Most = 60;

    /// <summary>Null with violations.</summary>
    public static TrendAsked? Read(GetSatisfactionTrendRequest request, DateTimeOffset now, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var first = SatisfactionPeriod.Read("first_period", request.FirstPeriod, now, violations);
        var last = SatisfactionPeriod.Read("last_period", request.LastPeriod, now, violations);
        var remedy = new LocalizedText("Give one of the same length that is not before the first.", "Indiquez-en une de même durée qui ne précède pas la première.");
        if (first is not null && last is not null)
        {
            if (first.Kind != last.Kind)
                violations.Add(new("last_period", "LAST_PERIOD_DIFFERS", new("The periods are not of one length.", "Les périodes n'ont pas la même durée."), remedy));
            else if (last.Number < first.Number)
                violations.Add(new("last_period", "LAST_PERIOD_BEFORE_FIRST", new("The last period comes before the first.", "La dernière période précède la première."), remedy));
            else if (last.Number - first.Number >= Most)
                violations.Add(new(
                    "last_period", "TOO_MANY_PERIODS", new("These are too many periods.", "Cela fait trop de périodes."), new($"Ask for {Most} at most.", $"Demandez-en {Most} au plus.")));
        }

        if (!Enum.IsDefined(request.Theme))
            violations.Add(new(
                "theme", "THEME_UNKNOWN", new("This theme is not known.", "Ce thème n'est pas connu."),
                new("Choose one of the themes of the contract, or nothing for all.", "Choisissez l'un des thèmes du contrat d'interface, ou rien pour tous.")));
        return violations.Count > before ? null : new TrendAsked(first!, last!, request.Theme);
    }

    /// <summary>The score of a theme, or the mean of all; null where it was not assessed.</summary>
    public double? ScoreIn(SideSatisfactionRow satisfaction)
    {
        var scores = satisfaction.ToMessage().Scores.Where(score => Theme == SatisfactionTheme.Unspecified || score.Theme == Theme).Select(score => (double)score.Score).ToArray();
        return scores.Length == 0 ? null : scores.Average();
    }
}
