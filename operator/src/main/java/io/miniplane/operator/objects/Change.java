package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** What a pass over the objects of a backend did to one of them. */
public record Change(String kind, String name, Act act) {

    /** What was done. */
    public enum Act {
        /** It was not there. */
        CREATED("Created"),
        /** It was not as it should be. */
        UPDATED("Updated"),
        /** It is not wanted any more. */
        DELETED("Deleted");

        private final String word;

        Act(String word) {
            this.word = word;
        }

        /** The word for people and for the reason of an event. */
        public String word() {
            return word;
        }
    }

    static Change of(HasMetadata object, Act act) {
        return new Change(object.getKind(), object.getMetadata().getName(), act);
    }
}
