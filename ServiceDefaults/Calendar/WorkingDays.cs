namespace Delegation.ServiceDefaults.Calendar;

/// <summary>The ways of counting days in French contracts.</summary>
public enum WorkingDays
{
    /// <summary>Days on which offices work: Monday to Friday without public holidays (jours ouvrés).</summary>
    Ouvres,

    /// <summary>Days on which work is allowed: Monday to Saturday without public holidays (jours ouvrables).</summary>
    Ouvrables,

    /// <summary>All days, public holidays too (jours calendaires).</summary>
    Calendar,
}
