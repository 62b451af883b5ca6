using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>The bounds of what the sides may agree on: what is worse is never acknowledged later.</summary>
internal static class AgreedHours
{
    public static void Check(AcknowledgementHours? hours, ICollection<FieldViolation> violations)
    {
        if (hours is null)
        {
            violations.Add(new(
                "hours", "HOURS_REQUIRED", new("The times are missing.", "Les délais ne sont pas renseignés."),
                new("Give one for each severity.", "Indiquez-en un par gravité.")));
            return;
        }

        (string Field, int Hours, int Most)[] times = [("hours.critical", hours.Critical, 18), ("hours.major", hours.Major, 45), ("hours.minor", hours.Minor, 90)];
        foreach (var (field, given, most) in times)
            if (given < 1 || given > most)
                violations.Add(new(
                    field, "HOURS_OUT_OF_RANGE", new("This time is out of bounds.", "Ce délai est hors limites."),
                    new($"Give 1 to {most} business hours.", $"Indiquez de 1 à {most} heures ouvrées.")));
        if (hours.Critical > hours.Major || hours.Major > hours.Minor)
            violations.Add(new(
                "hours", "HOURS_NOT_ORDERED", new("What is worse would be acknowledged later.", "Le plus grave serait pris en charge plus tard."),
                new("Give no fewer hours for major than for critical ones, nor for minor than for major ones.",
                    "N'accordez pas moins d'heures aux majeures qu'aux critiques, ni aux mineures qu'aux majeures.")));
    }
}
