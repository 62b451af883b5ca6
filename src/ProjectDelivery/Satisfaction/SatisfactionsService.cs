using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;
using Measure = Delegation.Delivery.V1.MeasureTrend.Types.Measure;
using Unit = Delegation.Delivery.V1.Retention.Types.Unit;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>The rpcs of <c>delegation.delivery.v1.Satisfactions</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class SatisfactionsService(CommandRunner commands, TenantSessions sessions, SharedSatisfaction sharing, TimeProvider clock)
    : Satisfactions.SatisfactionsBase
{
    private const int MostResults = 200;

    public override Task<SideSatisfaction> GiveSatisfaction(GiveSatisfactionRequest request, ServerCallContext context) =>
        commands.RunAsync<GiveSatisfactionRequest, SideSatisfaction>(
            request, context, (session, cancellation) => GiveAsync(session, request, cancellation));

    public override async Task<PeriodSatisfaction> GetSatisfaction(GetSatisfactionRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var period = SatisfactionPeriod.Read("period", request.Period, clock.GetUtcNow(), violations);
        var id = ReadDelegation(request.DelegationId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var parties = (await session.FindDelegationAsync(id, context.CancellationToken)).ValueOrStatus().Parties;
        var given = await session.FindSatisfactionAsync(parties, period!, context.CancellationToken);
        return new PeriodSatisfaction
        {
            Period = period!.Text,
            Insurer = given.FirstOrDefault(satisfaction => satisfaction.GivenBy == Side.Insurer)?.ToMessage(),
            Delegate = given.FirstOrDefault(satisfaction => satisfaction.GivenBy == Side.Delegate)?.ToMessage(),
            Customers = { (await session.FindResultsAsync(parties, period, MostResults, context.CancellationToken)).Select(result => result.ToMessage()) },
            Retention = { (await session.FindRetentionAsync(parties, period, context.CancellationToken)).Select(retention => retention.ToMessage()) },
        };
    }

    public override async Task<SatisfactionTrend> GetSatisfactionTrend(GetSatisfactionTrendRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = TrendAsked.Read(request, clock.GetUtcNow(), violations);
        var id = ReadDelegation(request.DelegationId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var parties = (await session.FindDelegationAsync(id, context.CancellationToken)).ValueOrStatus().Parties;
        var shared = await session.ListSharedAsync(parties, asked!.First, asked.Last, context.CancellationToken);
        var customers = await session.MeanResultsAsync(parties, asked.First, asked.Last, asked.Theme.StoredIfKnown(), context.CancellationToken);
        var retention = await session.ListRetentionAsync(parties, asked.First, asked.Last, context.CancellationToken);
        MeasureTrend?[] measures =
        [
            Trend.Of(Measure.Insurer, ScoresOf(Side.Insurer)),
            Trend.Of(Measure.Delegate, ScoresOf(Side.Delegate)),
            Trend.Of(Measure.CustomersMean, customers.Select(row => (SatisfactionPeriod.Parse(row.Period)!, row.Mean))),
            Trend.Of(Measure.CustomersNps, customers.Select(row => (SatisfactionPeriod.Parse(row.Period)!, row.Nps))),
            Trend.Of(Measure.MembersRetention, RatesOf(Unit.Members)),
            Trend.Of(Measure.ContractsRetention, RatesOf(Unit.Contracts)),
        ];
        return new SatisfactionTrend { Measures = { measures.Where(measure => measure is not null) } };

        IEnumerable<(SatisfactionPeriod, double?)> ScoresOf(Side side) => shared.Where(row => row.GivenBy == side)
            .Select(row => (SatisfactionPeriod.Parse(row.Period)!, asked.ScoreIn(row)));

        IEnumerable<(SatisfactionPeriod, double?)> RatesOf(Unit unit) => retention.Where(row => row.Unit == unit.Stored())
            .Select(row => (SatisfactionPeriod.Parse(row.Period)!, row.Rate));
    }

    public override Task<SurveyImport> ImportSurvey(ImportSurveyRequest request, ServerCallContext context) => commands.RunAsync<ImportSurveyRequest, SurveyImport>(
        request, context, (session, cancellation) => ImportAsync(session, request, cancellation));

    public override async Task<ListSurveysResponse> ListSurveys(ListSurveysRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var id = ReadDelegation(request.DelegationId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var parties = (await session.FindDelegationAsync(id, context.CancellationToken)).ValueOrStatus().Parties;
        var page = await session.ListSurveysAsync(parties, asked, context.CancellationToken);
        return new ListSurveysResponse { Surveys = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Retention> RecordRetention(RecordRetentionRequest request, ServerCallContext context) => commands.RunAsync<RecordRetentionRequest, Retention>(
        request, context, (session, cancellation) => RecordAsync(session, request, cancellation));

    private async Task<Outcome<SideSatisfaction>> GiveAsync(TenantSession session, GiveSatisfactionRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var now = clock.GetUtcNow();
        var period = SatisfactionPeriod.Read("period", request.Period, now, violations);
        var scores = GivenScores.Read(request.Scores, violations);
        var parties = (await session.FindDelegationAsync(ReadDelegation(request.DelegationId, violations), cancellationToken)).ValueOrStatus().Parties;
        var side = session.Caller.Side;
        var before = (await session.FindSatisfactionAsync(parties, period!, cancellationToken)).FirstOrDefault(satisfaction => satisfaction.GivenBy == side);
        if (before is not null && Etag.Mismatch<SideSatisfaction>(request.Etag, before.Id, before.Revision) is { } refused)
            return refused;
        if (before is { ShareTime: not null })
            return new Outcome<SideSatisfaction>.Refused(
                "SATISFACTION_SHARED", new("Both sides read it already: it stays as it is.", "Les deux parties la lisent déjà : elle ne change plus."));

        var given = new SideSatisfactionRow(
            parties.OwnerId, parties.DelegationId, parties.DelegateId, before?.Id ?? NewId.At(now), period!.Text, side.Code(),
            SideSatisfactionRow.Write(scores), now.InMicroseconds(), ShareTime: null, (before?.Revision ?? 0) + 1);
        if (!await session.SaveSatisfactionAsync(given, period, cancellationToken))
            return new Outcome<SideSatisfaction>.Stale();

        await session.AppendAsync(given.GivenEntry(), clock, cancellationToken);
        await sharing.LookAsync(session, given, cancellationToken);
        return new Outcome<SideSatisfaction>.Accepted(given.ToMessage());
    }

    private async Task<Outcome<SurveyImport>> ImportAsync(TenantSession session, ImportSurveyRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var now = clock.GetUtcNow();
        var type = FileType.Read("text/csv", violations);
        var name = FileName.Read("file_name", request.FileName, type, violations);
        var bytes = (request.File ?? new()).Data.Span.ToArray();
        if (request.File?.ContentType.Split(';')[0].Trim() is not "text/csv")
            violations.Add(SurveyViolations.TypeUnknown);
        var results = SurveyFile.Read(bytes, now, violations);
        var sha256 = SurveyFile.Sha256(bytes);
        if (request.Sha256.Length > 0 && FileHash.Read("sha256", request.Sha256, violations) is { } announced && announced != sha256)
            violations.Add(SurveyViolations.HashDiffers);
        var parties = (await session.FindDelegationAsync(ReadDelegation(request.DelegationId, violations), cancellationToken)).ValueOrStatus().Parties;
        if (await session.FindSurveyAsync(parties, sha256, cancellationToken) is { } first)
            return new Outcome<SurveyImport>.Accepted(first.ToMessage());

        var survey = new SurveyImportRow(
            parties.OwnerId, parties.DelegationId, parties.DelegateId, NewId.At(now), session.Caller.Side.Code(), session.Caller.PersonId, name!, sha256,
            results!.Count, now.InMicroseconds());
        if (!await session.InsertSurveyAsync(survey, results, cancellationToken))
            return new Outcome<SurveyImport>.Accepted((await session.FindSurveyAsync(parties, sha256, cancellationToken))!.ToMessage());

        var message = survey.ToMessage();
        await session.AppendAsync(parties.Entry("survey", survey.Id, 1, new SurveyImported { Survey = message }), clock, cancellationToken);
        return new Outcome<SurveyImport>.Accepted(message);
    }

    private async Task<Outcome<Retention>> RecordAsync(TenantSession session, RecordRetentionRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var now = clock.GetUtcNow();
        var period = SatisfactionPeriod.Read("period", request.Period, now, violations);
        RetentionRow.Check(request, violations);
        var parties = (await session.FindDelegationAsync(ReadDelegation(request.DelegationId, violations), cancellationToken)).ValueOrStatus().Parties;
        var before = (await session.FindRetentionAsync(parties, period!, cancellationToken)).FirstOrDefault(retention => retention.Unit == request.Unit.Stored());
        if (before is not null && Etag.Mismatch<Retention>(request.Etag, before.Id, before.Revision) is { } refused)
            return refused;

        var recorded = new RetentionRow(
            parties.OwnerId, parties.DelegationId, parties.DelegateId, before?.Id ?? NewId.At(now), period!.Text, request.Unit.Stored(),
            request.CustomersAtStart, request.Lost, request.Won, now.InMicroseconds(), (before?.Revision ?? 0) + 1);
        if (!await session.SaveRetentionAsync(recorded, period, cancellationToken))
            return new Outcome<Retention>.Stale();

        var message = recorded.ToMessage();
        await session.AppendAsync(parties.Entry("retention", recorded.Id, recorded.Revision, new RetentionRecorded { Retention = message }), clock, cancellationToken);
        return new Outcome<Retention>.Accepted(message);
    }

    private static Guid ReadDelegation(string id, List<FieldViolation> violations)
    {
        var read = IdField.Read("delegation_id", id, violations);
        violations.RefuseIfAny();
        return read!.Value;
    }
}
