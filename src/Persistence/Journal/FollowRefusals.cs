using Delegation.ServiceDefaults.Errors;
using Grpc.Core;

namespace Delegation.Persistence.Journal;

/// <summary>Why a journal cannot be followed from where somebody wants to.</summary>
internal static class FollowRefusals
{
    public static RpcException Negative() => RpcErrors.InvalidArgument(
        "INVALID_FIELDS",
        new("The position to start after is negative.", "La position de départ est négative."),
        new FieldViolation(
            "after_position",
            "AFTER_POSITION_NEGATIVE",
            new("A position is 0 or more.", "Une position est supérieure ou égale à 0."),
            new("Give 0 to start with the first entry.", "Indiquez 0 pour commencer par la première écriture.")));

    public static RpcException Behind() => RpcErrors.FailedPrecondition(
        "JOURNAL_BEHIND_FOLLOWER",
        new("This journal ends before the position to start after: it was restored from an older backup, or cut.",
            "Ce journal se termine avant la position de départ : il a été restauré d'une sauvegarde plus ancienne, ou tronqué."));

    public static RpcException Diverged() => RpcErrors.FailedPrecondition(
        "JOURNAL_DIVERGED",
        new("The entry at the position to start after is another one than was followed: this journal was restored from an older backup, or altered.",
            "L'écriture à la position de départ n'est pas celle qui a été suivie : ce journal a été restauré d'une sauvegarde plus ancienne, ou altéré."));
}
