using Delegation.ProjectDelivery.Phases;
using Delegation.ProjectDelivery.Scoping.Calendars;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Criteria;

/// <summary>A scoping ends with a calendar on which both sides agree as it is.</summary>
internal sealed class CalendarAgreed : ICriterion
{
    public string Code => "CALENDAR_AGREED";

    public LocalizedText Title { get; } = new("Both sides agree on the calendar", "Les deux parties ont validé le calendrier");

    public LocalizedText LooksAt { get; } = new("The milestones of the project and their dependencies", "Les jalons du projet et leurs dépendances");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var calendar = await question.Session.ReadCalendarAsync(question.Project, cancellationToken);
        var answered = new Answered(CalendarWork.ObjectType, question.Project.Id, calendar.Consents.Revision);
        return calendar.IsAgreed
            ? Finding.Met(new($"Version {calendar.Consents.Version} stands.", $"La version {calendar.Consents.Version} est en vigueur."), answered)
            : Finding.Unmet(
                calendar.Consents.Version == 0
                    ? new("No calendar was agreed on.", "Aucun calendrier n'a été validé.")
                    : new($"It changed since version {calendar.Consents.Version}.", $"Il a changé depuis la version {calendar.Consents.Version}."),
                answered);
    }
}
