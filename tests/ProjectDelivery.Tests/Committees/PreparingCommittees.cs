using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit.Access;
using Google.Protobuf.WellKnownTypes;
using Commitments = Delegation.Delivery.V1.PeriodAssessment.Types.Commitments;

namespace Delegation.ProjectDelivery.Tests.Committees;

/// <summary>Prepares committees and meetings.</summary>
internal static class PreparingCommittees
{
    /// <summary>A committee that the insurer set up in a delegation without project: it follows the rule of the run.</summary>
    public static async Task<(TwoParties Two, Committee Committee)> CommitteeAsync(this Scene scene, int relaxAfter = 1)
    {
        var two = await scene.DelegationAsync();
        return (two, await CommitteesAs(scene, two.Insurer).CreateCommitteeAsync(NewCommittee(two.DelegationId, relaxAfter), deadline: Preparing.Deadline));
    }

    /// <summary>A meeting of it that began an hour ago.</summary>
    public static async Task<(TwoParties Two, Meeting Meeting)> MeetingAsync(this Scene scene)
    {
        var (two, committee) = await scene.CommitteeAsync();
        return (two, await Meetings(scene, two.Insurer).PlanMeetingAsync(NewMeeting(committee.Id), deadline: Preparing.Deadline));
    }

    /// <summary>A meeting of which the insurer wrote the minutes.</summary>
    public static async Task<(TwoParties Two, Meeting Meeting)> MinutesAsync(this Scene scene, Commitments commitments = Commitments.Met)
    {
        var (two, meeting) = await scene.MeetingAsync();
        return (two, await Meetings(scene, two.Insurer).RecordMinutesAsync(NewMinutes(meeting, commitments), deadline: Preparing.Deadline));
    }

    /// <summary>A committee that may meet less often: one good period of which both sides confirmed the minutes.</summary>
    public static async Task<(TwoParties Two, Committee Committee)> OfferAsync(this Scene scene)
    {
        var (two, meeting) = await scene.MinutesAsync();
        await Meetings(scene, two.Delegate).ConfirmMinutesAsync(
            new ConfirmMinutesRequest { MeetingId = meeting.Id, Etag = meeting.Etag }, deadline: Preparing.Deadline);
        return (two, await scene.ReadAsync(two.Insurer, meeting.CommitteeId));
    }

    public static async Task<Committee> ReadAsync(this Scene scene, Actor actor, string committeeId) =>
        await CommitteesAs(scene, actor).GetCommitteeAsync(new GetCommitteeRequest { CommitteeId = committeeId }, deadline: Preparing.Deadline);

    public static Delivery.V1.Committees.CommitteesClient CommitteesAs(Scene scene, Actor actor) => new(scene.As(actor));

    public static Meetings.MeetingsClient Meetings(Scene scene, Actor actor) => new(scene.As(actor));

    public static CreateCommitteeRequest NewCommittee(string delegationId, int relaxAfter = 1) => new()
    {
        DelegationId = delegationId,
        Level = CommitteeLevel.OperationalCommittee,
        Name = "Comité opérationnel",
        Mandate = "Suivre l'activité et lever les difficultés.",
        Roles = { Role.ProjectLead, Role.Operations },
        Steps = { CadenceStep.Weekly, CadenceStep.Fortnightly, CadenceStep.Monthly },
        RelaxAfter = relaxAfter,
        TacitDays = 5,
    };

    public static PlanMeetingRequest NewMeeting(string committeeId) => new()
    {
        CommitteeId = committeeId,
        StartTime = Timestamp.FromDateTime(DateTime.UtcNow.AddHours(-1)),
        DurationMinutes = 90,
        Place = "Salle Seine ; pont, 2e étage",
        Points = { "Flux 929 et taux de noémisation" },
    };

    public static UpdateMeetingRequest Whole(Meeting meeting) => new()
    {
        MeetingId = meeting.Id,
        StartTime = meeting.StartTime,
        DurationMinutes = meeting.DurationMinutes,
        Place = meeting.Place,
        Points = { meeting.Agenda.Where(point => point.Kind == AgendaPoint.Types.Kind.Other).Select(point => point.Title) },
        Etag = meeting.Etag,
    };

    public static RecordMinutesRequest NewMinutes(Meeting meeting, Commitments commitments = Commitments.Met) => new()
    {
        MeetingId = meeting.Id,
        Activities = "Reprise des adhésions achevée.",
        Progress = "Plan d'actions à jour.",
        Difficulties = "Aucune.",
        Period = new PeriodAssessment { Commitments = commitments },
        Decisions = { new Decision { Title = "Conserver les horaires d'accueil." } },
        Etag = meeting.Etag,
    };
}
