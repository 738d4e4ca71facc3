package io.miniplane.operator.objects;

/** A part of a backend that runs in pods of its own. */
public enum Component {
    /** Answers HTTP. */
    API("api"),
    /** Handles events and scheduled work. */
    WORKER("worker");

    private final String label;

    Component(String label) {
        this.label = label;
    }

    /** Its name in labels, in the names of objects and as the role of the servers. */
    public String label() {
        return label;
    }

    /** Name of the Deployment of a backend and of what belongs to it. */
    public String nameFor(String backend) {
        return backend + "-" + label;
    }
}
